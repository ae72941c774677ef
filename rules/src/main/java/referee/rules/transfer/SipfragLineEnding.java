// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.evidence.Sighting;
import referee.sip.SipMessage;
import referee.sip.Sipfrag;

/// The status line in a NOTIFY ends in a bare LF, or not at all (RFC 3420 §2, RFC 3261 §25.1).
public final class SipfragLineEnding implements Rule.OnTransfer {
    @Override
    public String id() {
        return "sipfrag-line-ending";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var odd = transfer.notifies().stream().filter(SipfragLineEnding::isOdd).toList();
        if (odd.isEmpty()) return List.of();

        var refused = odd.stream().filter(one -> one.transaction().code() >= 400).findFirst();
        var first = refused.orElse(odd.getFirst());
        var says =
                "the status line in NOTIFY ends %s"
                        .formatted(
                                first.sipfrag().orElseThrow().lineEnd() == Sipfrag.LineEnd.LF
                                        ? "in LF instead of CRLF"
                                        : "without CRLF");
        var draft =
                transfer.finding(
                                this,
                                story,
                                says
                                        + refused.map(one ->
                                                        ", and was answered with "
                                                                + one.transaction().code())
                                                .orElse(""))
                        .blames(TRANSFEREE, first.transaction().client());
        for (var one : odd) draft.proof(one.transaction().request().stream().toList());
        if (refused.isEmpty()) return draft.severity(Severity.LOW).list();
        return draft.blames(TRANSFEROR, transfer.transferor())
                .proof(first.transaction().sightings().toList())
                .list();
    }

    /// Of a message whose other lines end in CRLF and whose body is whole; where a log has lost its
    /// line ends, nobody knows what was sent.
    private static boolean isOdd(Notify notify) {
        return notify.sipfrag().filter(one -> one.lineEnd() != Sipfrag.LineEnd.CRLF).isPresent()
                && notify.transaction().request().filter(SipfragLineEnding::isExact).isPresent();
    }

    private static boolean isExact(Sighting sighting) {
        return sighting.exact() && isExact(sighting.message());
    }

    private static boolean isExact(SipMessage message) {
        return message.flaws().stream()
                .noneMatch(flaw ->
                        flaw.code().equals("line-ends-in-bare-lf")
                                || flaw.code().equals("body-shorter-than-content-length"));
    }
}
