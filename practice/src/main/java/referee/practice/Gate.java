// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import referee.sip.DigestAlgorithm;
import referee.sip.DigestSecret;
import referee.sip.SipMessage;
import referee.stack.Challenger;
import referee.stack.Reply;

/// Asks who somebody is, by Digest.
final class Gate {
    private static final Duration NONCE_LIVES = Duration.ofMinutes(5);

    /// How it asks.
    ///
    /// @param proxy whether it answers 407 instead of 401
    /// @param algorithms best first: a challenge each
    /// @param qop as offered, such as `auth,auth-int`; empty for none
    record Manner(String realm, boolean proxy, List<DigestAlgorithm> algorithms, String qop) {
        Manner {
            algorithms = List.copyOf(algorithms);
        }

        Manner realm(String other) {
            return new Manner(other, proxy, algorithms, qop);
        }

        Manner asProxy() {
            return new Manner(realm, true, algorithms, qop);
        }

        Manner algorithms(DigestAlgorithm... others) {
            return new Manner(realm, proxy, List.of(others), qop);
        }

        Manner qop(String other) {
            return new Manner(realm, proxy, algorithms, other);
        }
    }

    private final Challenger challenger;
    private final String realm;
    private final Users users;
    private final boolean open;

    /// @param open whether it asks nobody
    Gate(Manner manner, Users users, boolean open, RandomGenerator random) {
        this.realm = manner.realm();
        this.users = users;
        this.open = open;
        this.challenger =
                new Challenger(
                        realm,
                        manner.proxy(),
                        manner.algorithms(),
                        manner.qop(),
                        NONCE_LIVES,
                        random);
    }

    /// The challenge that answers a request; empty where it may pass.
    Optional<Reply> refusal(Instant at, SipMessage request) {
        if (open) return Optional.empty();
        return switch (challenger.check(at, request, this::secret)) {
            case Challenger.Verdict.Accepted _ -> Optional.empty();
            case Challenger.Verdict.Stale _ -> Optional.of(challenger.challenge(at, true));
            case Challenger.Verdict.Missing _, Challenger.Verdict.Wrong _ ->
                    Optional.of(challenger.challenge(at, false));
        };
    }

    Reply challenge(Instant at, boolean stale) {
        return challenger.challenge(at, stale);
    }

    /// One that will be taken.
    String nonce(Instant at) {
        return challenger.nonce(at);
    }

    private Optional<DigestSecret> secret(String user, DigestAlgorithm algorithm) {
        return users.secret(user, realm, algorithm);
    }
}
