// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.gate;
import static referee.practice.Mischief.maybeAtTheGate;
import static referee.practice.Mischief.rewriting;
import static referee.practice.Occasion.BRIDGED;
import static referee.practice.Occasion.CALL;
import static referee.practice.Occasion.REGISTER;
import static referee.practice.Party.REGISTRAR;
import static referee.practice.Party.TRUNK;
import static referee.practice.Written.isResponse;

import java.util.List;
import java.util.function.UnaryOperator;
import referee.sip.DigestAlgorithm;
import referee.stack.Draft;
import referee.stack.Reply;

/// Challenges that are right, and at which weak clients go wrong.
final class ChallengeFaults {
    /// With characters that mean something in URIs and in Base64.
    private static final String OPAQUE = "Zm9v+YmFy/8=%3D==";

    /// Makes a request that repeats it larger than a datagram (RFC 3261 §18.1.1).
    private static final String LONG_OPAQUE = "0123456789abcdef".repeat(90);

    static final List<Fault> ALL =
            List.of(
                    REGISTRAR.lures(
                            "challenge-unanswered",
                            REGISTER,
                            "writes the scheme of its challenges in capitals: DIGEST",
                            () ->
                                    new Asking(
                                                    "REGISTER",
                                                    manner ->
                                                            manner.algorithms(DigestAlgorithm.MD5))
                                            .and(challenging("Digest ", "DIGEST "))),
                    REGISTRAR.lures(
                            "challenge-unanswered/sha-256-only",
                            REGISTER,
                            "offers SHA-256 and no MD5",
                            () ->
                                    new Asking(
                                            "REGISTER",
                                            manner -> manner.algorithms(DigestAlgorithm.SHA_256))),
                    REGISTRAR.lures(
                            "challenge-unanswered/no-qop",
                            REGISTER,
                            "offers no qop, as RFC 2069 did",
                            () ->
                                    new Asking(
                                            "REGISTER",
                                            manner ->
                                                    manner.algorithms(DigestAlgorithm.MD5)
                                                            .qop(""))),
                    REGISTRAR.lures(
                            "realm-credentials-not-found",
                            REGISTER,
                            "asks in a realm of another name",
                            () ->
                                    new Asking(
                                            "REGISTER", manner -> manner.realm("node-7.practice"))),
                    REGISTRAR.lures(
                            "stale-true-not-retried",
                            REGISTER,
                            "takes a nonce once and asks anew with stale=true",
                            () -> new OncePerNonce(true, false)),
                    REGISTRAR.lures(
                            "stale-true-not-retried/after-423",
                            REGISTER,
                            "answers 423, and challenges the longer registration anew",
                            Longer::new),
                    REGISTRAR.lures(
                            "nonce-count-not-reset",
                            REGISTER,
                            "takes a nonce once, with the count 00000001 and no other",
                            () ->
                                    new OncePerNonce(true, false)
                                            .and(
                                                    Gates.refusing(
                                                            "REGISTER",
                                                            Gates::isCountedOn,
                                                            Gates::again))),
                    REGISTRAR.lures(
                            "nonce-count-replayed",
                            REGISTER,
                            "answers 403 to a nonce count that was used before",
                            Replays::new),
                    REGISTRAR.lures(
                            "nextnonce-ignored",
                            REGISTER,
                            "names the next nonce in Authentication-Info, and finds the old one stale",
                            () -> new OncePerNonce(true, true)),
                    REGISTRAR.lures(
                            "algorithm-answer-mismatch",
                            REGISTER,
                            "offers SHA-512-256-sess alone",
                            () ->
                                    new Asking(
                                            "REGISTER",
                                            manner ->
                                                    manner.algorithms(
                                                            DigestAlgorithm.SHA_512_256_SESS))),
                    REGISTRAR.lures(
                            "qop-list-echoed",
                            REGISTER,
                            "offers qop=\"auth,auth-int\"",
                            () -> new Asking("REGISTER", manner -> manner.qop("auth,auth-int"))),
                    REGISTRAR.lures(
                            "qop-without-nc-cnonce",
                            REGISTER,
                            "answers 400 to credentials without nc and cnonce",
                            () ->
                                    Gates.refusing(
                                            "REGISTER",
                                            Gates::isWithoutCount,
                                            _ -> _ -> Reply.of(400))),
                    REGISTRAR.lures(
                            "digest-token-quoting",
                            REGISTER,
                            "answers 400 to credentials with quotes in the wrong places",
                            () ->
                                    Gates.refusing(
                                            "REGISTER",
                                            Gates::isMisquoted,
                                            _ -> _ -> Reply.of(400))),
                    REGISTRAR.lures(
                            "digest-uri-not-as-sent",
                            REGISTER,
                            "takes only a digest-uri that is the Request-URI to the octet",
                            () -> Gates.refusing("REGISTER", Gates::isOfAnotherUri, Gates::again)),
                    REGISTRAR.lures(
                            "opaque-or-nonce-not-echoed",
                            REGISTER,
                            "sends an opaque value full of +, / and %, and wants it back",
                            () ->
                                    challenging("opaque=\"[^\"]*\"", "opaque=\"" + OPAQUE + "\"")
                                            .and(
                                                    Gates.refusing(
                                                            "REGISTER",
                                                            (_, one) ->
                                                                    one.opaque()
                                                                            .filter(OPAQUE::equals)
                                                                            .isEmpty(),
                                                            Gates::again))),
                    REGISTRAR.lures(
                            "wrong-credential-header",
                            REGISTER,
                            "asks for the registration as a proxy does, with 407",
                            () -> new Asking("REGISTER", Gate.Manner::asProxy)),
                    REGISTRAR.lures(
                            "rejected-credentials-loop",
                            REGISTER,
                            "refuses every password, and counts on the client to stop",
                            () -> maybeAtTheGate("REGISTER", Gates::wrongForEver)),
                    REGISTRAR.lures(
                            "aka-sync-failure",
                            REGISTER,
                            "asks with AKAv1-MD5, and is never in step",
                            () -> gate("REGISTER", Gates::aka)),
                    TRUNK.lures(
                            "multi-challenge-partially-answered",
                            CALL,
                            "asks in one realm with 407, and then in another with 401",
                            () -> maybeAtTheGate("INVITE", Gates::trunk)),
                    TRUNK.lures(
                            "auth-int-body-mismatch",
                            CALL,
                            "offers qop=\"auth-int\" alone",
                            () -> new Asking("INVITE", manner -> manner.qop("auth-int"))),
                    TRUNK.lures(
                            "auth-retry-too-large",
                            CALL,
                            "sends an opaque value of 1440 octets, which makes the INVITE too large for UDP",
                            () ->
                                    rewriting(
                                            sent -> isResponse(sent, "INVITE", 401),
                                            asking(
                                                    "opaque=\"[^\"]*\"",
                                                    "opaque=\"" + LONG_OPAQUE + "\""))),
                    TRUNK.lures(
                            "challenge-after-provisional-ignored",
                            CALL,
                            "rings, and asks for credentials then",
                            RingsFirst::new),
                    TRUNK.lures(
                            "in-dialog-challenge-unanswered",
                            CALL,
                            "asks for credentials for BYE",
                            () -> new Insists("BYE")),
                    TRUNK.lures(
                            "credentials-leaked-on-redirect",
                            BRIDGED,
                            "asks for credentials, and redirects to where the callee is registered",
                            () -> Mischief.maybeInside("INVITE", Calls::redirects)));

    private ChallengeFaults() {}

    private static Mischief challenging(String pattern, String with) {
        return rewriting(sent -> isResponse(sent, "REGISTER", 401), asking(pattern, with));
    }

    private static UnaryOperator<Draft> asking(String pattern, String with) {
        return draft -> draft.map("WWW-Authenticate", value -> value.replaceFirst(pattern, with));
    }
}
