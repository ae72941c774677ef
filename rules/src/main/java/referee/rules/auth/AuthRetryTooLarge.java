// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;

/// The credentials make the request too large for a datagram, and nothing comes back (RFC 3261
/// §18.1.1).
public final class AuthRetryTooLarge implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "auth-retry-too-large";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var last = authentication.last();
        var transaction = last.transaction();
        if (!authentication.isTooLarge(transaction) || story.isOneSided()) return List.of();
        if (!story.watchedFor(
                transaction.patience(story.timers()),
                transaction.first(),
                transaction.client(),
                transaction.server())) return List.of();

        var first = authentication.first().transaction();
        var says =
                "%s without credentials has %d octets and was answered; with them it has %d, was sent %s over UDP and got no answer"
                        .formatted(
                                transaction.method(),
                                octets(first),
                                octets(transaction),
                                transaction.firstHop().timesSent());
        return story.finding(this, says)
                .certainty(transaction.firstHop().silence())
                .blames(CLIENT, transaction.client())
                .blames(NETWORK)
                .proof(authentication.first().proof())
                .proof(transaction.firstHop().requests())
                .value("octets", octets(transaction))
                .value("server", transaction.server())
                .list();
    }

    private static int octets(Transaction transaction) {
        return transaction.message().map(message -> message.bytes().length()).orElse(0);
    }
}
