// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.PROVIDER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;

/// The provider or PBX does not allow transfers (RFC 3515 §2.4.2, §2.4.5).
public final class ReferDeclinedByPolicy implements Rule.OnCase {
    /// A person who is asked takes longer.
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @Override
    public String id() {
        return "refer-declined-by-policy";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var one : stories.transfers()) {
            directly(one.transfer(), one.story())
                    .or(() -> afterwards(one.transfer(), one.story(), stories))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> directly(Transfer transfer, Story story) {
        var refer = transfer.refer();
        return refer.finalAnswerAnywhere()
                .filter(answer -> isPolicy(answer, refer.first()))
                .map(answer ->
                        draft(transfer, story, "REFER was answered with " + answer.code())
                                .certainty(transfer.attempts().size() > 1 ? POSSIBLE : LIKELY)
                                .proof(refer.request().stream().toList())
                                .proof(answer.first())
                                .value("code", answer.code())
                                .finding());
    }

    private static boolean isPolicy(Answer answer, java.time.Instant sent) {
        var quick = Duration.between(sent, answer.first().at()).compareTo(AT_ONCE) <= 0;
        return answer.code() == 403 || quick && (answer.code() == 603 || answer.code() == 480);
    }

    /// The REFER was accepted, and refused before the target can have been called.
    private Optional<Finding> afterwards(Transfer transfer, Story story, Case stories) {
        if (!isRefusedUntried(transfer) || !stories.referred(transfer).isEmpty())
            return Optional.empty();
        if (Consultation.of(transfer, stories).isPresent()) return Optional.empty();
        var outcome = transfer.outcome().orElseThrow();
        var says =
                "REFER was accepted, and at once NOTIFY said %d; no call to the target is here"
                        .formatted(outcome.code());
        return Optional.of(
                draft(transfer, story, says)
                        .certainty(LIKELY)
                        .proof(transfer.accepted().map(Answer::first).stream().toList())
                        .proof(outcome.transaction().request().stream().toList())
                        .value("code", outcome.code())
                        .finding());
    }

    /// 603 at once, or 403 as the first word: the target was not asked.
    static boolean isRefusedUntried(Transfer transfer) {
        var code = transfer.outcome().map(Notify::code).orElse(0);
        if (code != 403 && code != 603 || transfer.accepted().isEmpty()) return false;
        return code == 603
                ? transfer.isDecidedAtOnce()
                : transfer.notifies().getFirst().isOutcome();
    }

    private Finding.Draft draft(Transfer transfer, Story story, String says) {
        return transfer.finding(this, story, says)
                .blames(OPERATOR)
                .blames(PROVIDER, transfer.transferee());
    }
}
