// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.SERVER;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Round;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Credentials;

/// A nonce that worked before is answered with a new one, without stale=true, and the client takes
/// that for a wrong password (RFC 7616 §3.3).
public final class StaleFlagMissing implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "stale-flag-missing";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var rounds = authentication.rounds();
        for (var i = 0; i < rounds.size(); i++) {
            if (!rounds.get(i).isRefused()) continue;
            var worked = worked(rounds.get(i), story);
            if (worked.isEmpty()) continue;
            var stops =
                    i + 1 < rounds.size()
                            ? rounds.get(i + 1).credentials().isEmpty()
                            : authentication.isGivenUp(story);
            if (stops) return List.of(finding(rounds.get(i), worked.get(), story));
        }
        return List.of();
    }

    /// The earlier request that was accepted with this nonce, if the challenge brings another.
    private static Optional<Transaction> worked(Round round, Story story) {
        var refusal = round.refusals().getFirst();
        for (var credentials : round.credentials()) {
            if (!credentials.answer(refusal) || credentials.nonce().equals(refusal.nonce()))
                continue;
            var found = accepted(round.transaction(), credentials, story);
            if (found.isPresent()) return found;
        }
        return Optional.empty();
    }

    private static Optional<Transaction> accepted(
            Transaction transaction, Credentials credentials, Story story) {
        if (Counts.replayed(transaction, credentials, story).isPresent()) return Optional.empty();
        var nonce = credentials.nonce().orElse("");
        return story.transactions().stream()
                .filter(one -> one.first().isBefore(transaction.first()))
                .filter(one -> one.isSuccess() && Counts.uses(one, nonce).isPresent())
                .findFirst();
    }

    private Finding finding(Round round, Transaction worked, Story story) {
        var transaction = round.transaction();
        var says =
                "the nonce that %s was accepted with was answered with %d and a new one, without stale=true"
                        .formatted(worked, transaction.code());
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(SERVER, transaction.server())
                .proof(worked.request().stream().toList())
                .proof(round.proof())
                .value("realm", Retry.realm(round.refusals().getFirst()))
                .finding();
    }
}
