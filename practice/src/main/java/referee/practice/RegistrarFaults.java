// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.gate;
import static referee.practice.Mischief.inside;
import static referee.practice.Mischief.maybeAtTheGate;
import static referee.practice.Occasion.REGISTER;
import static referee.practice.Party.REGISTRAR;

import java.util.List;

/// What can go wrong with who takes registrations and knows the passwords.
final class RegistrarFaults {
    static final List<Fault> ALL =
            List.of(
                    REGISTRAR.commits(
                            "register-interval-423",
                            REGISTER,
                            "answers 423 without Min-Expires",
                            () -> inside("REGISTER", turn -> turn.reply(423))),
                    REGISTRAR.commits(
                            "registration-expiry-mismanaged",
                            REGISTER,
                            "answers 200 and grants 0 s",
                            () -> inside("REGISTER", Calls::grantsNothing)),
                    REGISTRAR.commits(
                            "challenge-header-missing",
                            REGISTER,
                            "answers 401 without WWW-Authenticate",
                            () -> gate("REGISTER", turn -> turn.reply(401))),
                    REGISTRAR.commits(
                            "credentials-rejected",
                            REGISTER,
                            "takes every password for a wrong one",
                            () -> maybeAtTheGate("REGISTER", Gates::wrongForEver)),
                    REGISTRAR.commits(
                            "account-unknown-masked-401",
                            REGISTER,
                            "knows no account, and asks for credentials without end",
                            () -> maybeAtTheGate("REGISTER", Gates::wrongForEver)),
                    REGISTRAR.commits(
                            "ha1-stored-for-other-realm",
                            REGISTER,
                            "keeps hashed passwords of another realm: no digest ever fits",
                            () -> maybeAtTheGate("REGISTER", Gates::wrongForEver)),
                    REGISTRAR.commits(
                            "username-form-mismatch",
                            REGISTER,
                            "has its accounts under names with a domain, such as alice@practice",
                            () -> Gates.refusing("REGISTER", Gates::isWithoutDomain, Gates::again)),
                    REGISTRAR.commits(
                            "digest-uri-checked-too-strictly",
                            REGISTER,
                            "compares the digest-uri with the Request-URI that arrives",
                            () -> Gates.refusing("REGISTER", Gates::isOfAnotherUri, Gates::again)),
                    REGISTRAR.commits(
                            "first-challenge-unsupported",
                            REGISTER,
                            "offers nothing but an algorithm that SIP does not know",
                            () -> gate("REGISTER", Gates::unknownAlgorithm)),
                    REGISTRAR.commits(
                            "stale-loop",
                            REGISTER,
                            "finds every nonce stale, for ever",
                            () -> maybeAtTheGate("REGISTER", Gates::staleForEver)),
                    REGISTRAR.commits(
                            "stale-flag-missing",
                            REGISTER,
                            "takes a nonce once and asks anew without stale=true",
                            () -> new OncePerNonce(false, false)),
                    REGISTRAR.commits(
                            "nonce-not-shared-across-nodes",
                            REGISTER,
                            "knows at each of its addresses only the nonces given out there",
                            Nodes::new),
                    REGISTRAR.commits(
                            "banned-after-auth-failures",
                            REGISTER,
                            "hears nothing more of a host that has sent wrong credentials three times",
                            Ban::new));

    private RegistrarFaults() {}
}
