// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.rules.auth.Retry.Match;
import referee.sip.Credentials;
import referee.sip.Methods;

/// Nonce counts over the requests of a story: one more for each request with the same nonce (RFC
/// 7616 §3.4).
final class Counts {
    private Counts() {}

    static Optional<Mistake> mistake(Retry retry, Match match, Story story) {
        var transaction = retry.after().transaction();
        if (replayed(transaction, match.credentials(), story).isPresent())
            return Optional.of(Mistake.COUNT_REPLAYED);
        var nonce = match.credentials().nonce().orElse("");
        var fresh =
                story.past().issue(nonce).isEmpty()
                        && earlier(story).stream()
                                .filter(one ->
                                        one.first().isBefore(transaction.first())
                                                && !one.equals(transaction))
                                .noneMatch(one -> uses(one, nonce).isPresent());
        return fresh && count(match.credentials()) > 1
                ? Optional.of(Mistake.COUNT_NOT_RESET)
                : Optional.empty();
    }

    /// An earlier request of this client that was accepted with the same nonce and the same or a
    /// higher count.
    static Optional<Transaction> replayed(
            Transaction transaction, Credentials credentials, Story story) {
        var nonce = credentials.nonce().orElse("");
        var count = count(credentials);
        if (nonce.isEmpty() || count < 1) return Optional.empty();
        for (var other : earlier(story)) {
            if (!isEarlier(other, transaction) || isRefused(other)) continue;
            var before = uses(other, nonce).map(Counts::count).orElse(0L);
            if (before >= count) return Optional.of(other);
        }
        return Optional.empty();
    }

    /// The transactions of the story, after the REGISTER of the same Call-ID that was accepted last
    /// before it began.
    static List<Transaction> earlier(Story story) {
        if (story.before().isEmpty()) return story.transactions();
        var all = new ArrayList<>(story.before().stream().toList());
        all.addAll(story.transactions());
        return all;
    }

    private static boolean isEarlier(Transaction other, Transaction one) {
        return !other.equals(one)
                && other.cseq() < one.cseq()
                && (other.fromTag().same(one.fromTag()) || one.is(Methods.REGISTER))
                && !other.is(Methods.CANCEL)
                && other.first().isBefore(one.first())
                && other.client().host().equals(one.client().host());
    }

    private static boolean isRefused(Transaction other) {
        return other.isChallenged() || other.code() == 403 || other.code() == 400;
    }

    /// The credentials of this request that use this nonce.
    static Optional<Credentials> uses(Transaction transaction, String nonce) {
        return transaction
                .message()
                .flatMap(message ->
                        Credentials.all(message).stream()
                                .filter(one -> one.nonce().filter(nonce::equals).isPresent())
                                .findFirst());
    }

    /// The count as a number, or 0 where there is none.
    static long count(Credentials credentials) {
        var nc = credentials.nc().orElse("");
        var hex = nc.length() == 8 && nc.chars().allMatch(c -> Character.digit(c, 16) >= 0);
        return hex ? Long.parseLong(nc, 16) : 0;
    }
}
