// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;

/// The transferor hangs up on the 2xx to REFER, and the transfer then fails (RFC 3515 §2.4.4).
public final class Refer2xxTakenAsOutcome implements Rule.OnCase {
    @Override
    public String id() {
        return "refer-2xx-taken-as-outcome";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var one : stories.transfers()) {
            findings.addAll(check(one.transfer(), one.story(), stories));
        }
        return findings;
    }

    private List<Finding> check(Transfer transfer, Story story, Case stories) {
        var outcome = transfer.outcome();
        if (transfer.accepted().isEmpty() || outcome.isEmpty() || outcome.get().code() < 300)
            return List.of();
        var accepted = transfer.accepted().get();
        var bye =
                byes(transfer, stories)
                        .filter(one -> !one.first().isBefore(accepted.first().at()))
                        .filter(one ->
                                Duration.between(accepted.first().at(), one.first())
                                                .compareTo(AT_ONCE)
                                        <= 0)
                        .filter(one -> one.first().isBefore(outcome.get().transaction().first()))
                        .findFirst();
        if (bye.isEmpty()) return List.of();

        var ofConsultation = !transfer.transferorByes().contains(bye.get());
        var waited = Duration.between(accepted.first().at(), bye.get().first()).toMillis();
        var says =
                "BYE%s followed the %d to REFER after %d ms, and the transfer then failed with %d"
                        .formatted(
                                ofConsultation ? " in the consultation call" : "",
                                accepted.code(),
                                waited,
                                outcome.get().code());
        return transfer.finding(this, story, says)
                .blames(TRANSFEROR, transfer.transferor())
                .proof(accepted.first())
                .proof(bye.get().request().stream().toList())
                .proof(outcome.get().transaction().request().stream().toList())
                .value("code", outcome.get().code())
                .list();
    }

    /// Of the transferor, in the call and in the one that was to replace it.
    private static Stream<Transaction> byes(Transfer transfer, Case stories) {
        var other =
                Consultation.of(transfer, stories).stream()
                        .flatMap(one ->
                                one.held().dialog().byes().stream()
                                        .filter(bye -> bye.fromTag().same(one.transferorTag())));
        return Stream.concat(transfer.transferorByes().stream(), other);
    }
}
