// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Role.NOBODY;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.Methods;

/// Busy, declined, not answered, hung up while ringing: outcomes, no faults (RFC 3261 §21.4.24,
/// §21.4.25).
public final class HumanOutcomeNotAFault implements Rule.OnStory {
    @Override
    public String id() {
        return "human-outcome-not-a-fault";
    }

    @Override
    public Severity severity() {
        return Severity.INFO;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var invite : story.transactions(Methods.INVITE)) {
            if (!invite.isInDialog()) ofCall(invite, story).ifPresent(findings::add);
        }
        for (var transfer : story.transfers()) ofTransfer(transfer, story).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> ofCall(Transaction invite, Story story) {
        var answer = invite.finalAnswer();
        if (answer.isEmpty() || answer.get().code() < 300) return Optional.empty();
        var rang = invite.answers().stream().anyMatch(one -> one.code() >= 180 && one.code() < 200);
        var hungUp = story.cancelOf(invite).isPresent();
        return words(answer.get().code(), rang, hungUp)
                .map(words ->
                        story.finding(this, words)
                                .blames(NOBODY)
                                .proof(invite.request().stream().toList())
                                .proof(answer.map(Answer::first).stream().toList())
                                .finding());
    }

    private Optional<Finding> ofTransfer(Transfer transfer, Story story) {
        var code = transfer.outcome().map(Notify::code).orElse(0);
        if (code == 603 && transfer.isDecidedAtOnce()) return Optional.empty();
        // 408 is also what a transferee says of a target that is not there
        var rang =
                code != 408
                        || transfer.notifies().stream()
                                .anyMatch(one -> one.code() >= 180 && one.code() < 200);
        return words(code, rang, true)
                .map(words ->
                        story.finding(this, "transfer target: " + words)
                                .blames(NOBODY)
                                .proof(
                                        transfer.outcome().stream()
                                                .flatMap(n -> n.transaction().request().stream())
                                                .toList())
                                .finding());
    }

    private static Optional<String> words(int code, boolean rang, boolean hungUp) {
        return Optional.ofNullable(
                switch (code) {
                    case 486 ->
                            rang ? "486, busy or declined" : "486, busy at once, without ringing";
                    case 600 -> "600, busy everywhere";
                    case 603 -> rang ? "603, declined" : null;
                    case 480 -> rang ? "480, not answered in time" : null;
                    case 408 -> rang ? "408, not answered in time" : null;
                    case 487 -> hungUp ? "487, hung up before it was answered" : null;
                    default -> null;
                });
    }
}
