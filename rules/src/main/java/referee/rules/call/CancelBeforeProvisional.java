// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;

/// A CANCEL before any provisional response, which the other side does not know what to do with
/// (RFC 3261 §9.1).
public final class CancelBeforeProvisional implements Rule.OnTransaction {
    @Override
    public String id() {
        return "cancel-before-provisional";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transaction cancel, Story story) {
        if (!cancel.is(Methods.CANCEL) || cancel.request().isEmpty()) return List.of();
        var hop = cancelled(cancel, story);
        if (hop.isEmpty() || story.isOneSided() || story.startsMidway()) return List.of();
        var sent = cancel.first();
        var answers = hop.get().answers();
        var answered = answers.stream().anyMatch(one -> !one.first().at().isAfter(sent));
        if (answered || !isUseless(cancel, answers)) return List.of();
        var says =
                "CANCEL was sent before any response to the INVITE, %s"
                        .formatted(
                                cancel.code() == 0
                                        ? "and the call went on"
                                        : "and was answered with " + cancel.code());
        return story.finding(this, says)
                .blames(CLIENT, cancel.client())
                .proof(hop.get().requests().getFirst())
                .proof(cancel.request().orElseThrow())
                .proof(cancel.finalAnswer().map(Answer::first).stream().toList())
                .list();
    }

    /// The INVITE where the CANCEL was sent: with its branch (RFC 3261 §9.1).
    private static Optional<Hop> cancelled(Transaction cancel, Story story) {
        return story.transactions(Methods.INVITE).stream()
                .filter(invite -> invite.cseq() == cancel.cseq())
                .flatMap(invite -> invite.hops().stream())
                .filter(hop -> hop.branch().same(cancel.firstHop().branch()))
                .filter(hop -> !hop.requests().isEmpty() && !hop.answers().isEmpty())
                .findFirst();
    }

    /// Whether it had no effect: 481, or no answer to it, and the call rings or is answered.
    private static boolean isUseless(Transaction cancel, List<Answer> answers) {
        if (cancel.code() == 481) return true;
        var goesOn = answers.stream().anyMatch(one -> one.code() >= 180 && one.code() < 300);
        var ended = answers.stream().anyMatch(one -> one.code() == 487);
        return cancel.code() == 0 && goesOn && !ended;
    }
}
