// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// One challenge of a 401 or 407: WWW-Authenticate or Proxy-Authenticate (RFC 3261 §20.27 and
/// §20.44, RFC 7616 §3.3).
///
/// @param header which of the two it stands in
public record Challenge(HeaderName header, AuthParams params) {
    /// Every challenge of a response, in wire order, however the lines are joined.
    public static List<Challenge> all(SipMessage response) {
        var found = new ArrayList<Challenge>(1);
        for (var i = 0; i < response.headerCount(); i++) {
            var kind = response.kind(i);
            if (kind != HeaderName.WWW_AUTHENTICATE && kind != HeaderName.PROXY_AUTHENTICATE)
                continue;
            for (var params : AuthParams.readAll(response.value(i)))
                found.add(new Challenge(kind, params));
        }
        return found;
    }

    /// Such as `Digest`, as written.
    public String scheme() {
        return params.scheme().text();
    }

    public boolean isDigest() {
        return params.scheme().isIgnoreCase("Digest");
    }

    /// Whether it stands in a Proxy-Authenticate, and so is answered with Proxy-Authorization.
    public boolean isProxy() {
        return header == HeaderName.PROXY_AUTHENTICATE;
    }

    public Optional<String> realm() {
        return params.text("realm");
    }

    public Optional<String> nonce() {
        return params.text("nonce");
    }

    public Optional<String> opaque() {
        return params.text("opaque");
    }

    /// The algorithm as written, or MD5 where there is none (RFC 7616 §3.3).
    public String algorithm() {
        return params.text("algorithm").orElse("MD5");
    }

    /// The `stale` parameter as written; absent is the same as `false`.
    public Optional<String> stale() {
        return params.text("stale");
    }

    /// Where else the answer may be used, as written (RFC 7616 §3.3).
    public Optional<String> domain() {
        return params.text("domain");
    }

    /// How user name and password are to be encoded: `UTF-8` or nothing (RFC 7616 §3.3).
    public Optional<String> charset() {
        return params.text("charset");
    }

    /// Whether the credentials it refuses were stale, and may be right: `stale=true`, case apart.
    public boolean isStale() {
        return stale().map(word -> word.equalsIgnoreCase("true")).orElse(false);
    }

    /// The offered qop values, lower case, in order; empty where none is offered.
    public List<String> qop() {
        var offered = params.text("qop").orElse("");
        var found = new ArrayList<String>(2);
        for (var word : offered.split("[, ]+", -1)) {
            if (!word.isEmpty()) found.add(word.toLowerCase(Locale.ROOT));
        }
        return List.copyOf(found);
    }

    /// Whether the user name is to be sent hashed (RFC 7616 §3.4.4).
    public boolean isUserhash() {
        return params.text("userhash").map(word -> word.equalsIgnoreCase("true")).orElse(false);
    }

    /// Whether it can be answered at all: Digest with realm and nonce.
    public boolean isUsable() {
        return isDigest() && realm().isPresent() && nonce().isPresent();
    }
}
