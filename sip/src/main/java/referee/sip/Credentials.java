// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Credentials of a request: Authorization or Proxy-Authorization (RFC 3261 §20.7 and §20.28, RFC
/// 7616 §3.4).
///
/// @param header which of the two they stand in
public record Credentials(HeaderName header, AuthParams params) {
    private static final Set<String> QUOTED =
            Set.of("username", "realm", "nonce", "uri", "response", "cnonce", "opaque");
    private static final Set<String> BARE = Set.of("nc", "qop", "algorithm");

    /// All credentials of a request, in wire order.
    public static List<Credentials> all(SipMessage request) {
        var found = new ArrayList<Credentials>(1);
        for (var i = 0; i < request.headerCount(); i++) {
            var kind = request.kind(i);
            if (kind != HeaderName.AUTHORIZATION && kind != HeaderName.PROXY_AUTHORIZATION)
                continue;
            for (var params : AuthParams.readAll(request.value(i)))
                found.add(new Credentials(kind, params));
        }
        return found;
    }

    public String scheme() {
        return params.scheme().text();
    }

    public boolean isDigest() {
        return params.scheme().isIgnoreCase("Digest");
    }

    /// Whether they stand in a Proxy-Authorization, which answers a 407.
    public boolean isProxy() {
        return header == HeaderName.PROXY_AUTHORIZATION;
    }

    /// The user name: plain, hashed where [#isUserhash()], or taken from `username*` (RFC 7616
    /// §3.4).
    public Optional<String> username() {
        return params.text("username").or(() -> params.text("username*").flatMap(ExtValue::read));
    }

    public boolean isUserhash() {
        return params.text("userhash").map(word -> word.equalsIgnoreCase("true")).orElse(false);
    }

    public Optional<String> realm() {
        return params.text("realm");
    }

    public Optional<String> nonce() {
        return params.text("nonce");
    }

    public Optional<String> uri() {
        return params.text("uri");
    }

    public Optional<String> opaque() {
        return params.text("opaque");
    }

    /// The request digest: a secret, never to be printed.
    public Optional<String> response() {
        return params.text("response");
    }

    public Optional<String> cnonce() {
        return params.text("cnonce");
    }

    /// The token by which AKA asks to count anew; base64 (RFC 3310 §3.4).
    public Optional<String> auts() {
        return params.text("auts");
    }

    /// The nonce count as written; eight hex digits where it is right.
    public Optional<String> nc() {
        return params.text("nc");
    }

    /// The chosen qop as written.
    public Optional<String> qop() {
        return params.text("qop");
    }

    /// The algorithm as written, or MD5 where there is none.
    public String algorithm() {
        return params.text("algorithm").orElse("MD5");
    }

    /// The parameters that are quoted and must not be, or the reverse (RFC 7616 §3.4): names as
    /// written.
    public List<String> wronglyQuoted() {
        var wrong = new ArrayList<String>(0);
        for (var param : params.all()) {
            var name = param.name().text().toLowerCase(Locale.ROOT);
            var quoted = param.form() == AuthParams.Form.QUOTED;
            if (QUOTED.contains(name) && !quoted
                    || BARE.contains(name) && param.form() != AuthParams.Form.TOKEN)
                wrong.add(param.name().text());
        }
        return List.copyOf(wrong);
    }

    /// Whether they answer this challenge: the same realm, and the header that belongs to it.
    public boolean answer(Challenge challenge) {
        return isProxy() == challenge.isProxy() && realm().equals(challenge.realm());
    }
}
