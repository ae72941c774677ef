// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.OPERATOR;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Past;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Credentials;
import referee.sip.Methods;

/// After several refused credentials the server says nothing more, or refuses at once: the address
/// may be blocked. Never more than possible.
public final class BannedAfterAuthFailures implements Rule.OnStory {
    private static final int ENOUGH = 3;
    private static final Duration RECENT = Duration.ofMinutes(30);

    @Override
    public String id() {
        return "banned-after-auth-failures";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        for (var transaction : story.transactions()) {
            if (!isBlocked(transaction, story)) continue;
            var failures = failures(transaction, story);
            if (failures.size() < ENOUGH) continue;
            return List.of(finding(transaction, failures.size(), story));
        }
        return List.of();
    }

    /// Not answered at all, or refused without a look at credentials.
    private static boolean isBlocked(Transaction transaction, Story story) {
        if (transaction.request().isEmpty() || transaction.is(Methods.CANCEL)) return false;
        if (!transaction.finalAnswerAnywhere().isEmpty())
            return (transaction.code() == 403 || transaction.code() == 503)
                    && transaction.message().map(Credentials::all).orElse(List.of()).isEmpty();
        return transaction.answers().isEmpty()
                && !story.isOneSided()
                && story.watchedFor(
                        transaction.patience(story.timers()),
                        transaction.first(),
                        transaction.client(),
                        transaction.server());
    }

    /// When credentials were refused between the same two hosts since they were last accepted.
    private static List<Instant> failures(Transaction blocked, Story story) {
        var failures = new ArrayList<Instant>();
        for (var refusal : story.past().refusals()) {
            if (isBetween(refusal, blocked) && isRecent(refusal.at(), blocked))
                failures.add(refusal.at());
        }
        for (var one : story.transactions()) {
            if (!one.first().isBefore(blocked.first()) || !isSamePath(one, blocked)) continue;
            if (one.message().map(Credentials::all).orElse(List.of()).isEmpty()) continue;
            if (one.isSuccess()) failures.clear();
            else if (one.isChallenged() || one.code() == 403) failures.add(one.first());
        }
        return failures;
    }

    private static boolean isRecent(Instant at, Transaction blocked) {
        return at.isBefore(blocked.first()) && at.plus(RECENT).isAfter(blocked.first());
    }

    private static boolean isBetween(Past.Refusal refusal, Transaction blocked) {
        return refusal.client().equals(blocked.client().host())
                && refusal.server().equals(blocked.server().host());
    }

    private static boolean isSamePath(Transaction one, Transaction other) {
        return one.client().host().equals(other.client().host())
                && one.server().host().equals(other.server().host());
    }

    private Finding finding(Transaction transaction, int failures, Story story) {
        var came =
                transaction.code() == 0
                        ? "got no answer at all"
                        : "was refused at once with " + transaction.code();
        var says =
                "credentials from %s were refused %d times, and then %s %s"
                        .formatted(
                                transaction.client().host(), failures, transaction.method(), came);
        return story.finding(this, says)
                .certainty(POSSIBLE)
                .blames(OPERATOR)
                .proof(transaction.firstHop().requests())
                .proof(transaction.finalAnswer().map(answer -> answer.first()).stream().toList())
                .value("source", transaction.client().host())
                .value("server", transaction.server().host())
                .finding();
    }
}
