// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import referee.sip.Credentials;
import referee.sip.Digest;
import referee.sip.DigestAlgorithm;
import referee.sip.DigestSecret;
import referee.sip.SipMessage;

/// The server's side of Digest: makes challenges and checks what answers them (RFC 7616 §3.3 to
/// §3.5, RFC 8760). One thread owns it.
public final class Challenger {
    /// What the credentials of a request are worth.
    public sealed interface Verdict {
        /// @param info the value of Authentication-Info; empty where there was no qop
        record Accepted(String user, Optional<String> info) implements Verdict {}

        /// None for this realm.
        record Missing() implements Verdict {}

        /// Right, but for a nonce that is too old, unknown, or whose count was used before: to be
        /// challenged with `stale=true`.
        record Stale(String why) implements Verdict {}

        /// @param why such as `wrong response`; for a log, not for the peer
        record Wrong(String why) implements Verdict {}
    }

    /// The secret of a user, or nothing for an unknown one.
    @FunctionalInterface
    public interface Secrets {
        Optional<DigestSecret> of(String user, DigestAlgorithm algorithm);
    }

    /// A nonce that was given out.
    private static final class Given {
        private final Instant since;
        private long count;

        Given(Instant since) {
            this.since = since;
        }
    }

    private static final int MOST_NONCES = 10_000;

    private final String realm;
    private final boolean proxy;
    private final List<DigestAlgorithm> algorithms;
    private final String qop;
    private final Duration life;
    private final Tokens tokens;
    private final String opaque;
    private final Map<String, Given> nonces = new LinkedHashMap<>();

    /// @param proxy whether it answers 407 instead of 401
    /// @param algorithms best first: one challenge each (RFC 8760 §2.3)
    /// @param qop as offered, such as `auth` or `auth,auth-int`; empty for none
    /// @param life how long a nonce may be used
    public Challenger(
            String realm,
            boolean proxy,
            List<DigestAlgorithm> algorithms,
            String qop,
            Duration life,
            RandomGenerator random) {
        this.realm = realm;
        this.proxy = proxy;
        this.algorithms = List.copyOf(algorithms);
        this.qop = qop;
        this.life = life;
        this.tokens = new Tokens(random);
        this.opaque = tokens.word();
    }

    /// A 401, or a 407 of a proxy, with a new nonce.
    public Reply challenge(Instant at, boolean stale) {
        var nonce = nonce(at);
        var reply = Reply.of(proxy ? 407 : 401);
        for (var algorithm : algorithms) {
            var value =
                    "Digest realm=\""
                            + realm
                            + "\", nonce=\""
                            + nonce
                            + "\", opaque=\""
                            + opaque
                            + "\", algorithm="
                            + algorithm.word()
                            + (qop.isEmpty() ? "" : ", qop=\"" + qop + "\"")
                            + (stale ? ", stale=true" : "");
            reply = reply.with(proxy ? "Proxy-Authenticate" : "WWW-Authenticate", value);
        }
        return reply;
    }

    /// A new nonce, also to be named as the next one in Authentication-Info (RFC 7616 §3.5).
    public String nonce(Instant at) {
        if (nonces.size() >= MOST_NONCES) nonces.remove(nonces.keySet().iterator().next());
        var nonce = tokens.word() + tokens.word();
        nonces.put(nonce, new Given(at));
        return nonce;
    }

    public Verdict check(Instant at, SipMessage request, Secrets secrets) {
        for (var credentials : Credentials.all(request)) {
            var ours = credentials.realm().filter(realm::equals).isPresent();
            if (ours && credentials.isProxy() == proxy)
                return check(at, request, credentials, secrets);
        }
        return new Verdict.Missing();
    }

    /// The response first: only who knows the secret is told that its nonce is stale.
    private Verdict check(
            Instant at, SipMessage request, Credentials credentials, Secrets secrets) {
        var digest = Digest.of(credentials, request.method(), request.body());
        if (digest.isEmpty() || !algorithms.contains(digest.get().algorithm()))
            return new Verdict.Wrong("an algorithm that was not offered");
        if (!isOffered(digest.get().qop())) return new Verdict.Wrong("a qop that was not offered");
        var user = credentials.username().orElse("");
        var secret = secrets.of(user, digest.get().algorithm());
        if (secret.isEmpty()) return new Verdict.Wrong("unknown user");
        var right = digest.get().response(secret.get());
        if (!same(right, credentials.response().orElse("")))
            return new Verdict.Wrong("wrong response");
        var stale = staleness(at, digest.get());
        return stale.isPresent()
                ? new Verdict.Stale(stale.get())
                : new Verdict.Accepted(user, info(digest.get(), secret.get()));
    }

    private boolean isOffered(String said) {
        if (said.isEmpty()) return qop.isEmpty();
        return List.of(qop.split("[, ]+")).contains(said);
    }

    /// Takes the count of the nonce, which has to rise.
    private Optional<String> staleness(Instant at, Digest digest) {
        var given = nonces.get(digest.nonce());
        if (given == null) return Optional.of("unknown nonce");
        if (at.isAfter(given.since.plus(life))) return Optional.of("the nonce is too old");
        if (digest.qop().isEmpty()) return Optional.empty();
        var count = count(digest.nc());
        if (count <= given.count) return Optional.of("nonce count " + digest.nc() + " again");
        given.count = count;
        return Optional.empty();
    }

    /// @return 0 for what is no hex number
    private static long count(String nc) {
        return nc.matches("[0-9a-fA-F]{8}") ? Long.parseLong(nc, 16) : 0;
    }

    private static Optional<String> info(Digest digest, DigestSecret secret) {
        if (digest.qop().isEmpty()) return Optional.empty();
        var proof = digest.withBody(referee.sip.Slice.EMPTY).rspauth(secret);
        return Optional.of(
                "qop="
                        + digest.qop()
                        + ", rspauth=\""
                        + proof
                        + "\", cnonce=\""
                        + digest.cnonce()
                        + "\", nc="
                        + digest.nc());
    }

    /// Takes the same time wherever they differ.
    private static boolean same(String one, String other) {
        return java.security.MessageDigest.isEqual(
                one.getBytes(java.nio.charset.StandardCharsets.UTF_8),
                other.toLowerCase(java.util.Locale.ROOT)
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
