// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import java.time.Instant;
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

    private final Challenger challenger;
    private final String realm;
    private final Users users;
    private final boolean open;

    /// @param proxy whether it answers 407 instead of 401
    Gate(Practice.Plan plan, String realm, Users users, boolean proxy, RandomGenerator random) {
        this.realm = realm;
        this.users = users;
        this.open = plan.open();
        this.challenger =
                new Challenger(realm, proxy, plan.algorithms(), "auth", NONCE_LIVES, random);
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

    private Optional<DigestSecret> secret(String user, DigestAlgorithm algorithm) {
        return users.secret(user, realm, algorithm);
    }
}
