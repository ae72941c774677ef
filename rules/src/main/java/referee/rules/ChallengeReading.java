// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.Methods;

/// What a 401 or 407 means: a first challenge, a stale nonce, another realm, or credentials
/// refused.
final class ChallengeReading {
    private final Transaction transaction;
    private final Answer answer;
    private final Story story;
    private final List<Challenge> challenges;

    ChallengeReading(Transaction transaction, Answer answer, Story story) {
        this.transaction = transaction;
        this.answer = answer;
        this.story = story;
        this.challenges = Challenge.all(answer.first().message());
    }

    /// Whether the client is to send credentials: ACK and CANCEL are never challenged, and rejected
    /// credentials are not to be tried again (RFC 3261 §22.1).
    boolean isToBeAnswered() {
        var usable = challenges.stream().anyMatch(Challenge::isUsable);
        var rejected = refused().filter(challenge -> !challenge.isStale()).isPresent();
        return usable
                && !rejected
                && !transaction.is(Methods.ACK)
                && !transaction.is(Methods.CANCEL);
    }

    String words() {
        if (challenges.isEmpty())
            return answer.code() + " without a challenge: nothing can be answered to it";
        var realm =
                challenges.getFirst().realm().map(name -> " for realm \"" + name + "\"").orElse("");
        var refused = refused();
        if (refused.isEmpty()) {
            return isFirst()
                    ? "a challenge" + realm + ", no failure: the client has to send credentials"
                    : "another challenge" + realm + ": credentials for it are still missing";
        }
        return refused.get().isStale()
                ? "the nonce" + realm + " is stale; the credentials may well be right"
                : "the credentials" + realm + " are refused";
    }

    /// The challenge of a realm that the request had already sent credentials for.
    private Optional<Challenge> refused() {
        var sent = transaction.message().map(Credentials::all).orElse(List.of());
        return challenges.stream()
                .filter(challenge -> sent.stream().anyMatch(one -> one.answer(challenge)))
                .findFirst();
    }

    private boolean isFirst() {
        return story.authentications().stream()
                .anyMatch(one -> one.first().transaction().equals(transaction));
    }
}
