// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.List;
import referee.evidence.Sighting;
import referee.sip.Challenge;
import referee.sip.Credentials;

/// One request of an [Authentication] and what came of it.
///
/// @param transaction the request and its answers
/// @param credentials what the request carried, of either header; empty if it carried none or was
///   not seen
/// @param challenges what its 401 or 407 asked for; empty if it was not challenged, or without a
///   challenge
public record Round(
        Transaction transaction, List<Credentials> credentials, List<Challenge> challenges) {
    static Round of(Transaction transaction) {
        var credentials = transaction.message().map(Credentials::all).orElse(List.of());
        var challenges =
                transaction
                        .finalAnswer()
                        .filter(Answer::isChallenge)
                        .map(answer -> Challenge.all(answer.first().message()))
                        .orElse(List.of());
        return new Round(transaction, credentials, challenges);
    }

    public boolean isChallenged() {
        return transaction.isChallenged();
    }

    /// The challenges that refuse credentials which this very request carried: same realm, and the
    /// header that goes with it.
    public List<Challenge> refusals() {
        return challenges.stream().filter(this::carriesFor).toList();
    }

    /// Whether this request carried credentials for that challenge's realm, in the header that goes
    /// with it.
    public boolean carriesFor(Challenge challenge) {
        return credentials.stream().anyMatch(one -> one.answer(challenge));
    }

    /// Whether credentials were refused because their nonce was stale.
    public boolean isStale() {
        return refusals().stream().anyMatch(Challenge::isStale);
    }

    /// Whether credentials were refused, and not because of their nonce.
    public boolean isRefused() {
        return !refusals().isEmpty() && !isStale();
    }

    /// The final response, then the request before it: what a finding about this round shows.
    public List<Sighting> proof() {
        return java.util.stream.Stream.concat(
                        transaction.request().stream(),
                        transaction.finalAnswer().map(Answer::first).stream())
                .toList();
    }
}
