// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.PROVIDER;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Referred;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.evidence.Sighting;

/// The transferee accepted, and the address it was sent to leads nowhere (RFC 3515 §2.4.5).
public final class ReferTargetNotRoutable implements Rule.OnCase {
    private static final Set<Integer> NOWHERE = Set.of(404, 410, 484, 485, 604);

    @Override
    public String id() {
        return "refer-target-not-routable";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
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
        if (transfer.accepted().isEmpty() || Consultation.of(transfer, stories).isPresent())
            return Optional.empty();
        var calls = stories.referred(transfer);
        var answer = answer(calls);
        var code = answer.map(Answer::code).or(() -> told(transfer)).orElse(0);
        var forbidden = code == 403 && !isForbiddenOtherwise(transfer, calls);
        if (!NOWHERE.contains(code) && !forbidden) return Optional.empty();
        if (calls.stream().anyMatch(one -> ReferralParamsAltered.isAltered(transfer, one)))
            return Optional.empty();

        var says = "the call to the target of the REFER was answered with %d".formatted(code);
        var draft =
                transfer.finding(this, story, says)
                        .proof(transfer.refer().request().stream().toList())
                        .proof(notify(transfer, code))
                        .proof(answer.map(Answer::first).stream().toList())
                        .value("code", code);
        return Optional.of(
                forbidden
                        ? draft.certainty(LIKELY).blames(OPERATOR).blames(PROVIDER).finding()
                        : draft.blames(TRANSFEROR, transfer.transferor())
                                .blames(OPERATOR)
                                .finding());
    }

    /// Whether a 403 is about the transfer itself or about credentials.
    private static boolean isForbiddenOtherwise(Transfer transfer, List<Referred> calls) {
        var challenged = calls.stream().anyMatch(one -> one.leg().invite().isChallenged());
        return challenged || calls.isEmpty() && ReferDeclinedByPolicy.isRefusedUntried(transfer);
    }

    private static Optional<Answer> answer(List<Referred> calls) {
        return calls.stream()
                .reduce((_, later) -> later)
                .flatMap(one -> one.leg().invite().finalAnswerAnywhere());
    }

    private static Optional<Integer> told(Transfer transfer) {
        return transfer.outcome().map(Notify::code);
    }

    private static List<Sighting> notify(Transfer transfer, int code) {
        return transfer.outcome().filter(one -> one.code() == code).stream()
                .flatMap(one -> one.transaction().request().stream())
                .toList();
    }
}
