// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.SERVER;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Authentication;
import referee.diagnosis.Certainty;
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
    private static final Optional<Round> NONE = Optional.empty();

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
            var refused = rounds.get(i);
            if (!refused.isRefused()) continue;
            var worked = worked(refused, story);
            if (worked.isEmpty()) continue;
            var next = i + 1 < rounds.size() ? Optional.of(rounds.get(i + 1)) : NONE;
            var stops = next.map(one -> one.credentials().isEmpty());
            if (stops.orElseGet(() -> authentication.isGivenUp(story)))
                return List.of(finding(refused, worked.get(), story).finding());
            if (next.filter(one -> isThrough(refused, one)).isPresent())
                return List.of(harmless(refused, worked.get(), next.get(), story));
        }
        return List.of();
    }

    /// Whether the same user got through with the nonce of the challenge: the password was right.
    private static boolean isThrough(Round refused, Round next) {
        var user = refused.credentials().getFirst().username();
        return next.transaction().isSuccess()
                && user.isPresent()
                && next.credentials().stream().anyMatch(one -> one.username().equals(user));
    }

    private Finding harmless(Round refused, Transaction worked, Round next, Story story) {
        return finding(refused, worked, story)
                .severity(Severity.LOW)
                .certainty(Certainty.PROVEN)
                .proof(next.proof())
                .finding();
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
        return Counts.earlier(story).stream()
                .filter(one -> one.first().isBefore(transaction.first()))
                .filter(one -> one.isSuccess() && Counts.uses(one, nonce).isPresent())
                .findFirst();
    }

    private Finding.Draft finding(Round round, Transaction worked, Story story) {
        var transaction = round.transaction();
        var says =
                "the nonce that %s was accepted with was answered with %d and a new one, without stale=true"
                        .formatted(worked, transaction.code());
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(SERVER, transaction.server())
                .proof(worked.request().stream().toList())
                .proof(round.proof())
                .value("realm", Retry.realm(round.refusals().getFirst()));
    }
}
