// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.Methods;

/// A nonce that was accepted before is used again and its count has not gone up (RFC 7616 §3.4).
public final class NonceCountReplayed implements Rule.OnStory {
    @Override
    public String id() {
        return "nonce-count-replayed";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        for (var transaction : story.transactions()) {
            var code = transaction.code();
            if (code != 400 && code != 401 && code != 403 && code != 407) continue;
            if (transaction.is(Methods.CANCEL)) continue;
            var sent = transaction.message().map(Credentials::all).orElse(List.of());
            for (var credentials : sent) {
                if (!isRefused(credentials, transaction)) continue;
                var before = Counts.replayed(transaction, credentials, story);
                if (before.isPresent())
                    return List.of(finding(transaction, credentials, before.get(), story));
                var elsewhere = elsewhere(transaction, credentials, story);
                if (elsewhere.isPresent()) return elsewhere.get();
            }
        }
        return List.of();
    }

    /// Whether the answer is about these credentials: their realm asks again, or 400 or 403.
    private static boolean isRefused(Credentials credentials, Transaction transaction) {
        return challenges(transaction).stream().anyMatch(credentials::answer)
                || transaction.code() == 400
                || transaction.code() == 403;
    }

    private Finding finding(
            Transaction transaction, Credentials credentials, Transaction before, Story story) {
        var says =
                "%s has nc=%s, as %s had with the same nonce; the answer was %d%s"
                        .formatted(
                                transaction.method(),
                                credentials.nc().orElse(""),
                                before,
                                transaction.code(),
                                isStale(transaction) ? " with stale=true" : "");
        var nonce = credentials.nonce().orElse("");
        var draft =
                story.finding(this, says)
                        .proof(before.request().stream().toList())
                        .proof(proof(transaction))
                        .blames(CLIENT, transaction.client())
                        .value("next", "%08x".formatted(Counts.count(credentials) + 1));
        return isReissued(nonce, before, transaction, story)
                ? draft.blames(SERVER, transaction.server()).finding()
                : draft.finding();
    }

    /// Whether the server gave the same nonce out again after it had been used.
    private static boolean isReissued(
            String nonce, Transaction before, Transaction transaction, Story story) {
        return story.transactions().stream()
                .filter(one -> one.first().isAfter(before.first()))
                .filter(one -> one.first().isBefore(transaction.first()))
                .flatMap(one -> challenges(one).stream())
                .anyMatch(challenge -> challenge.nonce().filter(nonce::equals).isPresent());
    }

    /// The same nonce and count under another Call-ID: stale=true or 403 says that it is that.
    private Optional<List<Finding>> elsewhere(
            Transaction transaction, Credentials credentials, Story story) {
        var nc = credentials.nc().orElse("");
        var use = story.past().use(credentials.nonce().orElse(""), nc);
        if (use.isEmpty() || nc.isEmpty() || !isStale(transaction) && transaction.code() != 403)
            return Optional.empty();
        if (!use.get().host().equals(transaction.client().host())) return Optional.empty();
        if (!use.get().at().isBefore(transaction.first())) return Optional.empty();
        var says =
                "%s has nc=%s with a nonce that frame %d, under another Call-ID, had used with the same count; the answer was %d%s"
                        .formatted(
                                transaction.method(),
                                nc,
                                use.get().frame(),
                                transaction.code(),
                                isStale(transaction) ? " with stale=true" : "");
        return Optional.of(
                story.finding(this, says)
                        .proof(proof(transaction))
                        .blames(CLIENT, transaction.client())
                        .value("next", "%08x".formatted(Counts.count(credentials) + 1))
                        .list());
    }

    private static List<Sighting> proof(Transaction transaction) {
        return List.of(
                transaction.request().orElseThrow(),
                transaction.finalAnswer().orElseThrow().first());
    }

    private static boolean isStale(Transaction transaction) {
        return challenges(transaction).stream().anyMatch(Challenge::isStale);
    }

    private static List<Challenge> challenges(Transaction transaction) {
        return transaction.isChallenged()
                ? Challenge.all(transaction.finalAnswer().orElseThrow().first().message())
                : List.of();
    }
}
