// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;

/// From the second REFER of a dialog on, NOTIFY needs the CSeq number of its REFER as id (RFC 3515
/// §2.4.6).
public final class ReferNotifyIdMissingOrMisassigned implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-notify-id-missing-or-misassigned";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.accepted().isEmpty()) return List.of();
        var earlier = earlier(transfer, story);
        var own = transfer.notifies().stream().filter(one -> isOwn(one, transfer)).toList();
        if (earlier.isEmpty()) return namesNoRefer(transfer, story);
        var refused = own.stream().filter(one -> isWronglyRefused(one, transfer)).findFirst();
        if (refused.isPresent()) return refused(transfer, refused.get(), story);
        return own.isEmpty() ? strays(transfer, earlier, story) : List.of();
    }

    /// The only REFER so far, and NOTIFYs whose id is none of its numbers bounce.
    private List<Finding> namesNoRefer(Transfer transfer, Story story) {
        if (transfer.attempts().size() > 1 || story.startsMidway()) return List.of();
        return transfer.notifies().stream()
                .filter(one -> id(one).isPresent() && !isOwn(one, transfer))
                .filter(one -> isWronglyRefused(one, transfer))
                .findFirst()
                .map(one -> misnamed(transfer, List.of(one), story).list())
                .orElse(List.of());
    }

    private List<Finding> refused(Transfer transfer, Notify notify, Story story) {
        var says =
                "NOTIFY with id %d, the CSeq of this REFER, was answered with 481"
                        .formatted(transfer.refer().cseq());
        return transfer.finding(this, story, says)
                .blames(TRANSFEROR, transfer.transferor())
                .proof(transfer.accepted().orElseThrow().first())
                .proof(notify.transaction().sightings().toList())
                .value("id", transfer.refer().cseq())
                .list();
    }

    /// NOTIFYs after this REFER that name none, or one that is over.
    private List<Finding> strays(Transfer transfer, List<Transfer> earlier, Story story) {
        var strays = new ArrayList<>(transfer.notifies());
        strays.addAll(afterTheEnd(transfer, story));
        strays.removeIf(one -> one.event().isEmpty());
        if (strays.isEmpty()) return List.of();

        var draft = misnamed(transfer, strays, story);
        if (earlier.stream().allMatch(one -> isOver(one, strays.getFirst()))) return draft.list();
        var refer = transfer.refer();
        var wait = refer.patience(story.timers());
        return story.watchedFor(wait, refer.first(), transfer.transferor(), refer.server())
                ? draft.certainty(LIKELY).list()
                : List.of();
    }

    private Finding.Draft misnamed(Transfer transfer, List<Notify> strays, Story story) {
        var named = id(strays.getFirst());
        var says =
                "REFER with CSeq %d was accepted, and its NOTIFY has %s"
                        .formatted(
                                transfer.refer().cseq(),
                                named.map(id -> "id " + id).orElse("no id"));
        var draft =
                transfer.finding(this, story, says)
                        .blames(TRANSFEREE, transfer.transferee())
                        .proof(transfer.refer().request().stream().toList())
                        .value("id", transfer.refer().cseq());
        for (var one : strays) draft.proof(one.transaction().request().stream().toList());
        return draft;
    }

    /// NOTIFYs that name an earlier REFER after its subscription had ended and this one was sent:
    /// they can only be about this one.
    static List<Notify> afterTheEnd(Transfer transfer, Story story) {
        return earlier(transfer, story).stream()
                .flatMap(one -> afterTheEnd(one, transfer).stream())
                .toList();
    }

    private static List<Transfer> earlier(Transfer transfer, Story story) {
        return story.transfers().stream().filter(one -> isEarlier(one, transfer)).toList();
    }

    private static List<Notify> afterTheEnd(Transfer earlier, Transfer transfer) {
        var ended = ended(earlier);
        if (ended.isEmpty()) return List.of();
        return earlier.notifies().stream()
                .filter(one -> id(one).isPresent())
                .filter(one -> one.transaction().first().isAfter(transfer.refer().first()))
                .filter(one -> one.transaction().first().isAfter(ended.get()))
                .toList();
    }

    private static Optional<Instant> ended(Transfer earlier) {
        return earlier.notifies().stream()
                .filter(Notify::isTerminated)
                .map(one -> one.transaction().first())
                .findFirst();
    }

    private static boolean isOver(Transfer earlier, Notify notify) {
        return ended(earlier).filter(notify.transaction().first()::isAfter).isPresent();
    }

    /// An accepted REFER of the same side in the same dialog.
    private static boolean isEarlier(Transfer one, Transfer transfer) {
        var before = one.refer();
        var refer = transfer.refer();
        if (!before.first().isBefore(refer.first()) || one.accepted().isEmpty()) return false;
        if (one.isWithoutSubscription() || !before.fromTag().same(refer.fromTag())) return false;
        var tag = before.isInDialog() ? before.toTag() : one.accepted().get().toTag();
        return refer.isInDialog() && tag.same(refer.toTag());
    }

    private static Optional<String> id(Notify notify) {
        return notify.event().flatMap(event -> event.id());
    }

    private static boolean isOwn(Notify notify, Transfer transfer) {
        return id(notify)
                .filter(id ->
                        transfer.attempts().stream()
                                .anyMatch(one -> id.equals(Long.toString(one.cseq()))))
                .isPresent();
    }

    /// 481 although the subscription stands: not before the 2xx, not after a BYE or its own end.
    private static boolean isWronglyRefused(Notify notify, Transfer transfer) {
        var sent = notify.transaction().first();
        return notify.transaction().code() == 481
                && transfer.attempts().size() == 1
                && !sent.isBefore(transfer.accepted().orElseThrow().first().at())
                && transfer.transferorByes().stream().noneMatch(bye -> bye.first().isBefore(sent))
                && transfer.transfereeByes().stream().noneMatch(bye -> bye.first().isBefore(sent))
                && transfer.notifies().stream()
                        .filter(Notify::isTerminated)
                        .noneMatch(one -> one.transaction().first().isBefore(sent));
    }
}
