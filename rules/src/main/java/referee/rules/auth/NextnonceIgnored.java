// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.AuthenticationInfo;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.SipMessage;

/// A 2xx gave the nonce to use next, and the next request has the old one and is stale (RFC 7616
/// §3.5).
public final class NextnonceIgnored implements Rule.OnStory {
    @Override
    public String id() {
        return "nextnonce-ignored";
    }

    @Override
    public Severity severity() {
        return Severity.LOW;
    }

    @Override
    public List<Finding> check(Story story) {
        for (var transaction : story.transactions()) {
            if (!transaction.isSuccess()) continue;
            var answer = transaction.finalAnswer().orElseThrow();
            var next = nextnonce(answer.first().message());
            if (next.isEmpty()) continue;
            var following = following(transaction, answer, story);
            if (following.filter(one -> isStale(one, next.get())).isPresent())
                return List.of(finding(answer, following.get(), story));
        }
        return List.of();
    }

    private static Optional<String> nextnonce(SipMessage answer) {
        return answer.first(AuthenticationInfo.KIND)
                .optional()
                .flatMap(AuthenticationInfo::nextnonce)
                .or(() ->
                        answer.first(AuthenticationInfo.PROXY)
                                .optional()
                                .flatMap(AuthenticationInfo::nextnonce));
    }

    /// The next request of the same client that carries credentials.
    private static Optional<Transaction> following(
            Transaction transaction, Answer answer, Story story) {
        return story.transactions().stream()
                .filter(one -> one.first().isAfter(answer.first().at()))
                .filter(one -> one.client().host().equals(transaction.client().host()))
                .filter(one -> !credentials(one).isEmpty())
                .findFirst();
    }

    private static boolean isStale(Transaction one, String next) {
        return one.isChallenged()
                && Challenge.all(one.finalAnswer().orElseThrow().first().message()).stream()
                        .anyMatch(Challenge::isStale)
                && credentials(one).stream()
                        .noneMatch(sent -> sent.nonce().filter(next::equals).isPresent());
    }

    private static List<Credentials> credentials(Transaction one) {
        return one.message().map(Credentials::all).orElse(List.of());
    }

    private Finding finding(Answer answer, Transaction following, Story story) {
        var says =
                "a %d gave the nonce to use next, and the next %s has an older one and was answered with %d and stale=true"
                        .formatted(answer.code(), following.method(), following.code());
        return story.finding(this, says)
                .blames(CLIENT, following.client())
                .proof(answer.first())
                .proof(following.request().orElseThrow())
                .proof(following.finalAnswer().orElseThrow().first())
                .finding();
    }
}
