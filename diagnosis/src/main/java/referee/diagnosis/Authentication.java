// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import referee.sip.Methods;
import referee.sip.Transport;

/// A request that was challenged with 401 or 407, and the requests of the same client that tried
/// again (RFC 3261 §22).
public final class Authentication {
    /// How long a client may take to answer a challenge: a person may have to be asked.
    public static final Duration PATIENCE = Duration.ofSeconds(32);

    /// How long after the challenge a copy of the request may still come.
    private static final Duration CROSSING = Duration.ofSeconds(2);

    /// What may go over UDP where the path is not known (RFC 3261 §18.1.1).
    private static final int MOST_OCTETS = 1300;

    private final List<Round> rounds = new ArrayList<>(2);

    private Authentication(Transaction first) {
        rounds.add(new Round(first));
    }

    /// The challenged request and its retries, in the order sent. Every one but the last was
    /// challenged; the last may be.
    public List<Round> rounds() {
        return Collections.unmodifiableList(rounds);
    }

    public Round first() {
        return rounds.getFirst();
    }

    public Round last() {
        return rounds.getLast();
    }

    public String method() {
        return first().transaction().method();
    }

    /// The requests of all rounds.
    public List<Transaction> transactions() {
        return rounds.stream().map(Round::transaction).toList();
    }

    /// Whether the client ended up with a 2xx.
    public boolean isSuccess() {
        return last().transaction().isSuccess();
    }

    /// Whether the last round was challenged as well.
    public boolean endsChallenged() {
        return last().isChallenged();
    }

    /// Whether nobody tried again after the last challenge in all the time a client has for it.
    public boolean isGivenUp(Story story) {
        var request = last().transaction();
        var answer = request.finalAnswer();
        if (answer.isEmpty() || !endsChallenged() || story.isOneSided()) return false;
        if (last().credentials().isEmpty() && story.isAnsweredElsewhere()) return false;
        if (isUnheard(request, answer.get())) return false;
        var since = answer.get().first().at();
        return story.watchedFor(PATIENCE, since, request.client(), request.server());
    }

    /// Whether the client goes on to repeat the request, so that the challenge has not reached it.
    private static boolean isUnheard(Transaction request, Answer challenge) {
        var since = challenge.first().at().plus(CROSSING);
        return request.firstHop().requests().stream().anyMatch(one -> one.at().isAfter(since));
    }

    /// Whether this is its last request, grew past what fits into a datagram by its credentials
    /// (RFC 3261 §18.1.1), and got no answer at all.
    public boolean isTooLarge(Transaction transaction) {
        if (rounds.size() < 2 || !transaction.equals(last().transaction())) return false;
        if (last().credentials().isEmpty() || !last().transaction().answers().isEmpty())
            return false;
        return transaction.firstHop().transport() == Transport.UDP
                && octets(transaction) > MOST_OCTETS
                && octets(first().transaction()) < octets(transaction);
    }

    /// Whether this is its last request, went elsewhere than the one that was challenged, and got
    /// no answer at all.
    public boolean isLostElsewhere(Transaction transaction) {
        if (rounds.size() < 2 || !transaction.equals(last().transaction())) return false;
        if (last().credentials().isEmpty() || !transaction.answers().isEmpty()) return false;
        var before = rounds.get(rounds.size() - 2).transaction();
        var from = before.firstHop().transport();
        return !before.server().host().equals(transaction.server().host())
                || from != Transport.UDP && from != transaction.firstHop().transport();
    }

    private static int octets(Transaction transaction) {
        return transaction.message().map(message -> message.bytes().length()).orElse(0);
    }

    /// Reads the exchanges off the transactions of one Call-ID, in the order of their first
    /// request.
    static List<Authentication> of(List<Transaction> transactions) {
        var found = new ArrayList<Authentication>(1);
        for (var transaction : transactions) {
            if (transaction.is(Methods.CANCEL)) continue;
            var going = going(found, transaction);
            if (going != null) going.rounds.add(new Round(transaction));
            else if (transaction.isChallenged()) found.add(new Authentication(transaction));
        }
        return found;
    }

    private static @Nullable Authentication going(List<Authentication> found, Transaction next) {
        for (var one : found) {
            if (one.isContinuedBy(next)) return one;
        }
        return null;
    }

    private boolean isContinuedBy(Transaction next) {
        var before = last().transaction();
        if (!endsChallenged() || !next.is(method()) || next.cseq() < before.cseq()) return false;
        if (next.is(Methods.REGISTER)) return next.client().host().equals(before.client().host());
        return next.fromTag().same(before.fromTag()) && next.isInDialog() == before.isInDialog();
    }
}
