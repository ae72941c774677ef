// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.evidence.Sighting;
import referee.sip.Methods;

/// The outcome was told, and the subscription is left active (RFC 3515 §2.4.7).
public final class ReferSubscriptionNeverTerminated implements Rule.OnCase {
    @Override
    public String id() {
        return "refer-subscription-never-terminated";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var one : stories.transfers()) {
            check(one.transfer(), one.story(), stories).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> check(Transfer transfer, Story story, Case stories) {
        if (transfer.notifies().isEmpty() || transfer.isUnsubscribed(story))
            return Optional.empty();
        if (transfer.notifies().stream().anyMatch(Notify::isTerminated)) return Optional.empty();
        var last = transfer.notifies().getLast();
        var known = known(transfer, story, stories);
        if (last.state().isEmpty() || Subscriptions.isEndedByAnswer(last) || known.isEmpty())
            return Optional.empty();
        if (Subscriptions.isUnheard(last)) return Optional.empty();
        var lasts = Subscriptions.lasts(last);
        var refer = transfer.refer();
        var since = last.transaction().last();
        if (!story.watchedFor(lasts, since, transfer.transferor(), refer.server()))
            return Optional.empty();

        var says =
                "%s; the subscription was left %s, and no NOTIFY ended it within %d s"
                        .formatted(known.get(), last.state().get().state(), lasts.toSeconds());
        var draft =
                transfer.finding(this, story, says)
                        .blames(TRANSFEREE, transfer.transferee())
                        .proof(last.transaction().request().stream().toList())
                        .value("id", refer.cseq());
        transfer.outcome().flatMap(one -> one.transaction().request()).ifPresent(draft::proof);
        repeated(transfer, last, lasts, story)
                .ifPresent(again ->
                        draft.blames(TRANSFEROR, transfer.transferor())
                                .proof(again.request().stream().toList()));
        return Optional.of(draft.finding());
    }

    /// How it is known that nothing more will come: the outcome was told, or the referred call is
    /// seen to have ended without one.
    private static Optional<String> known(Transfer transfer, Story story, Case stories) {
        return transfer.outcome()
                .map(one -> "NOTIFY told the outcome " + one.code())
                .or(() ->
                        ended(transfer, stories)
                                .filter(one -> isAlive(one.first(), story, stories))
                                .map(one -> "the referred call ended with " + one.code()));
    }

    /// Whether anything comes from whoever got the answer once it has it.
    private static boolean isAlive(Sighting answer, Story story, Case stories) {
        return Stream.concat(Stream.of(story), stories.stories().stream())
                .flatMap(Story::sightings)
                .filter(one -> one.from().host().equals(answer.to().host()))
                .anyMatch(one -> one.at().isAfter(answer.at()));
    }

    /// The last answer to the referred call, where that has ended.
    static Optional<Answer> ended(Transfer transfer, Case stories) {
        return Attempts.of(transfer, stories)
                .last()
                .flatMap(leg -> leg.invite().finalAnswerAnywhere())
                .filter(answer -> !answer.isChallenge());
    }

    /// A REFER to the same target while the subscription stands: a second transfer, no refresh.
    private static Optional<Transaction> repeated(
            Transfer transfer, Notify last, Duration lasts, Story story) {
        var told = last.transaction().first();
        var target = transfer.target().map(one -> one.address()).orElse("");
        return story.transfers().stream()
                .filter(one -> one.refer().fromTag().same(transfer.refer().fromTag()))
                .filter(one -> one.target().filter(to -> to.address().equals(target)).isPresent())
                .map(Transfer::refer)
                .filter(one -> one.is(Methods.REFER) && one.first().isAfter(told))
                .filter(one -> one.first().isBefore(told.plus(lasts)))
                .findFirst();
    }
}
