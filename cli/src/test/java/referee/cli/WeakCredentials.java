// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static referee.cli.Said.hasCredentials;
import static referee.cli.Said.isRequest;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Reply;

/// Phones that answer challenges badly, each in its own way.
final class WeakCredentials {
    private static final String ALICE = "alice practice wonderland";
    private static final Duration PAUSE = Duration.ofSeconds(5);

    private WeakCredentials() {}

    /// @param fault its name
    static Optional<Weakness> of(String fault) {
        return challenges(fault).or(() -> nonces(fault)).or(() -> accounts(fault));
    }

    private static Optional<Weakness> challenges(String fault) {
        return Optional.ofNullable(
                switch (fault) {
                    case "challenge-unanswered" ->
                            givesUp(
                                    "a phone that knows the scheme Digest in its own spelling only");
                    case "challenge-unanswered/sha-256-only" ->
                            givesUp("a phone that knows MD5 only");
                    case "challenge-unanswered/no-qop" ->
                            givesUp("a phone that cannot do without qop");
                    case "realm-credentials-not-found" ->
                            writing(
                                    "a phone that has the name of the realm built in",
                                    value -> value.replace("node-7.practice", "practice"));
                    case "algorithm-answer-mismatch" ->
                            writing(
                                    "a phone that answers with MD5 whatever is asked",
                                    value -> value.replace("SHA-512-256-sess", "MD5"));
                    case "qop-list-echoed" ->
                            writing(
                                    "a phone that sends the list back",
                                    value -> value.replace("qop=auth", "qop=\"auth,auth-int\""));
                    case "qop-without-nc-cnonce" ->
                            writing(
                                    "a phone that sends qop without nc and cnonce",
                                    value ->
                                            value.replaceAll(
                                                    ", *(nc=[0-9a-f]*|cnonce=\"[^\"]*\")", ""));
                    case "digest-token-quoting" ->
                            writing(
                                    "a phone that puts nc and qop in quotes",
                                    value -> value.replaceAll("(nc|qop)=([^,\"]+)", "$1=\"$2\""));
                    case "digest-uri-not-as-sent" ->
                            writing(
                                    "a phone that writes a port into the digest-uri",
                                    value ->
                                            value.replaceAll(
                                                    "uri=\"([^\"]*)\"", "uri=\"$1:5060\""));
                    case "opaque-or-nonce-not-echoed" ->
                            writing(
                                    "a phone that reads + as a space",
                                    value ->
                                            value.replaceAll(
                                                    "opaque=\"Zm9v[^\"]*\"",
                                                    "opaque=\"Zm9v YmFy/8==\""));
                    case "wrong-credential-header" ->
                            Weakness.of("a phone that always writes Authorization")
                                    .writes(
                                            Said::hasCredentials,
                                            request -> {
                                                var value = request.value("Proxy-Authorization");
                                                return request.without("Proxy-Authorization")
                                                        .with("Authorization", value.orElse(""));
                                            });
                    case "auth-int-body-mismatch" ->
                            Weakness.of("a phone that changes the body once it is hashed")
                                    .known(ALICE)
                                    .writes(
                                            sent ->
                                                    isRequest(sent, "INVITE")
                                                            && hasCredentials(sent),
                                            WeakCredentials::withoutCarriageReturns);
                    case "multi-challenge-partially-answered" ->
                            Weakness.of("a phone that answers the last realm only")
                                    .writes(
                                            WeakCredentials::hasBoth,
                                            invite -> invite.without("Proxy-Authorization"));
                    case "aka-sync-failure" ->
                            writing(
                                    "a card that counts otherwise",
                                    value -> value + ", auts=\"5PYxMuX2NOT2NeQ5PYx\"");
                    default -> null;
                });
    }

    private static Optional<Weakness> nonces(String fault) {
        return Optional.ofNullable(
                switch (fault) {
                    case "stale-true-not-retried", "stale-true-not-retried/after-423" ->
                            Weakness.of("a phone that takes every second challenge for a refusal")
                                    .after(Said::isStaleChallenge)
                                    .keepsBack(sent -> isRequest(sent, "REGISTER"));
                    case "nonce-count-not-reset" ->
                            Weakness.of("a phone that counts on with a new nonce")
                                    .after(Said::isStaleChallenge)
                                    .writes(
                                            Said::hasCredentials,
                                            credentials(value ->
                                                    value.replace("nc=00000001", "nc=00000003")));
                    case "nonce-count-replayed" ->
                            writing(
                                    "a phone whose nonce count is always 00000001",
                                    value -> value.replaceAll("nc=[0-9a-f]{8}", "nc=00000001"));
                    case "nextnonce-ignored" -> {
                        var ignored = new Ignored();
                        yield Weakness.of("a phone that does not read Authentication-Info")
                                .overhears(ignored::heard)
                                .writes(Said::hasCredentials, credentials(ignored::written));
                    }
                    case "nonce-not-shared-across-nodes" -> {
                        var turn = new AtomicInteger();
                        yield Weakness.of("a balancer that sends every request elsewhere")
                                .misdirects(
                                        sent ->
                                                isRequest(sent, "REGISTER")
                                                        && turn.incrementAndGet() % 2 == 0,
                                        UnaryOperator.identity(),
                                        Bout.SERVER_TOO);
                    }
                    default -> null;
                });
    }

    private static Optional<Weakness> accounts(String fault) {
        return Optional.ofNullable(
                switch (fault) {
                    case "account-unknown-masked-401", "ha1-stored-for-other-realm" ->
                            Weakness.none().known(ALICE);
                    case "username-form-mismatch" ->
                            Weakness.of("a phone that has the name alone")
                                    .known("alice@practice practice wonderland");
                    case "digest-uri-checked-too-strictly" ->
                            Weakness.of("a proxy that changes the Request-URI")
                                    .proxied()
                                    .known(ALICE);
                    case "banned-after-auth-failures" ->
                            Weakness.of("a phone with an old password that tries again and again")
                                    .password("looking-glass")
                                    .moves((client, event) -> {
                                        if (event instanceof Event.Failed && client.tries() < 6)
                                            client.later(PAUSE, client::register);
                                        return false;
                                    });
                    case "rejected-credentials-loop" -> {
                        var number = new AtomicInteger();
                        yield Weakness.of("a phone that tries again and again")
                                .writes(
                                        sent -> isRequest(sent, "REGISTER"),
                                        register ->
                                                register.set("Call-ID", "loop@203.0.113.1")
                                                        .set(
                                                                "CSeq",
                                                                number.incrementAndGet()
                                                                        + " REGISTER"))
                                .moves((client, event) -> {
                                    if (event instanceof Event.Failed && client.tries() < 6)
                                        client.later(PAUSE, client::register);
                                    return false;
                                });
                    }
                    case "credentials-leaked-on-redirect" -> {
                        var kept = new AtomicReference<>(Optional.<Draft>empty());
                        yield Weakness.of("a phone that takes its credentials along")
                                .target(invite ->
                                        hasCredentials(invite)
                                                ? Optional.of(Reply.of(403))
                                                : Optional.empty())
                                .writes(
                                        sent -> isRequest(sent, "INVITE"),
                                        invite -> carried(invite, kept));
                    }
                    default -> null;
                });
    }

    private static Weakness givesUp(String words) {
        return Weakness.of(words).keepsBack(Said::hasCredentials);
    }

    private static Weakness writing(String words, UnaryOperator<String> how) {
        return Weakness.of(words).writes(Said::hasCredentials, credentials(how));
    }

    private static UnaryOperator<Draft> credentials(UnaryOperator<String> how) {
        return request -> request.map("Authorization", how).map("Proxy-Authorization", how);
    }

    private static boolean hasBoth(SipMessage request) {
        return request.isRequest()
                && request.raw("Authorization").isPresent()
                && request.raw("Proxy-Authorization").isPresent();
    }

    private static Draft withoutCarriageReturns(Draft invite) {
        return invite.body(Slice.of(invite.body().text().replace("\r\n", "\n")));
    }

    /// The credentials of the first call in the one it was redirected to.
    private static Draft carried(Draft invite, AtomicReference<Optional<Draft>> kept) {
        if (invite.has("Authorization")) kept.set(Optional.of(invite));
        if (kept.get().isEmpty() || invite.has("Authorization")) return invite;
        var first = kept.get().get();
        return invite.set("Call-ID", first.value("Call-ID").orElse(""))
                .set("CSeq", "9 INVITE")
                .set("Authorization", first.value("Authorization").orElse(""));
    }

    /// Goes on with the nonce it has when it is given another.
    private static final class Ignored {
        private static final Pattern NEXT = Pattern.compile("nextnonce=\"([^\"]*)\"");
        private static final Pattern NONCE = Pattern.compile("\\bnonce=\"([^\"]*)\"");

        private String given = "";
        private String last = "";

        boolean heard(SipMessage came) {
            var info = came.raw("Authentication-Info").map(Slice::text).orElse("");
            var next = NEXT.matcher(info);
            if (next.find()) given = next.group(1);
            return false;
        }

        String written(String value) {
            var nonce = NONCE.matcher(value);
            if (!nonce.find()) return value;
            if (nonce.group(1).equals(given)) return value.replace(given, last);
            last = nonce.group(1);
            return value;
        }
    }
}
