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

    /// What became of a request at the gate.
    sealed interface Outcome {
        /// @param user who it is; empty where nobody is asked
        /// @param info the value of Authentication-Info
        record Admitted(Optional<String> user, Optional<String> info) implements Outcome {}

        record Refused(Reply reply) implements Outcome {}
    }

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

    Outcome check(Instant at, SipMessage request) {
        if (open) return new Outcome.Admitted(Optional.empty(), Optional.empty());
        return switch (challenger.check(at, request, this::secret)) {
            case Challenger.Verdict.Accepted(var user, var info) ->
                    new Outcome.Admitted(Optional.of(user), info);
            case Challenger.Verdict.Stale _ -> new Outcome.Refused(challenger.challenge(at, true));
            case Challenger.Verdict.Missing _, Challenger.Verdict.Wrong _ ->
                    new Outcome.Refused(challenger.challenge(at, false));
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
