// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// The caller cancels, the call is answered all the same, and the caller does not hang it up (RFC
/// 3261 §9.1 and §15).
public final class CancelCrosses200 implements Rule.OnTransaction {
    /// Copies of the 2xx before anything is said: two may be lost packets.
    private static final int ENOUGH = 3;

    @Override
    public String id() {
        return "cancel-crosses-200";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction invite, Story story) {
        if (!invite.is(Methods.INVITE) || invite.isInDialog()) return List.of();
        var answer = invite.finalAnswer().filter(Answer::isSuccess);
        var cancel = story.cancelOf(invite).filter(one -> isOfCaller(one, invite));
        if (answer.isEmpty() || cancel.isEmpty() || story.isOneSided()) return List.of();
        if (isWanted(invite, answer.get(), story)) return List.of();
        var acked = !invite.acks().isEmpty();
        if (isHungUp(invite, answer.get(), story) && (acked || !isRepeated(answer.get())))
            return List.of();
        if (!acked && isRepeated(answer.get()))
            return finding("neither ACK nor BYE came", invite, cancel.get(), answer.get(), story)
                    .list();
        var since = answer.get().first().at();
        var wait = invite.patience(story.timers());
        return acked && story.watchedFor(wait, since, invite.client(), invite.server())
                ? finding("no BYE came", invite, cancel.get(), answer.get(), story)
                        .certainty(LIKELY)
                        .list()
                : List.of();
    }

    /// A proxy cancels the other branches of a fork, and that is no wish of the caller.
    private static boolean isOfCaller(Transaction cancel, Transaction invite) {
        return cancel.firstHop().branch().same(invite.firstHop().branch());
    }

    /// Some callers send the INVITE from several addresses, keep the call that is answered first
    /// and cancel the others. And who goes on to use a call wants it.
    private static boolean isWanted(Transaction invite, Answer answer, Story story) {
        return story.transactions().stream()
                .filter(one -> one.fromTag().same(invite.fromTag()) && !one.equals(invite))
                .anyMatch(one ->
                        one.is(Methods.INVITE) && one.isSuccess()
                                || one.toTag().same(answer.toTag()) && !one.is(Methods.BYE));
    }

    private static boolean isRepeated(Answer answer) {
        return answer.copies().size() >= ENOUGH;
    }

    /// By the caller: the callee gives up by itself when no ACK comes.
    private static boolean isHungUp(Transaction invite, Answer answer, Story story) {
        return story.transactions(Methods.BYE).stream()
                .anyMatch(bye ->
                        bye.fromTag().same(invite.fromTag()) && bye.toTag().same(answer.toTag())
                                || !invite.acks().isEmpty());
    }

    private Finding.Draft finding(
            String what, Transaction invite, Transaction cancel, Answer answer, Story story) {
        var says =
                "the caller sent CANCEL, the call was answered with %d all the same, and %s"
                        .formatted(answer.code(), what);
        var draft = story.finding(this, says).blames(CLIENT, invite.client());
        if (invite.acks().isEmpty()) draft.blames(NETWORK).certainty(LIKELY);
        return draft.proof(cancel.request().stream().toList())
                .proof(answer.copies())
                .proof(invite.acks());
    }
}
