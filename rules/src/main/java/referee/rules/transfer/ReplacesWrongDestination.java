// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import referee.diagnosis.Case;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Link;
import referee.diagnosis.Party;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.evidence.Endpoint;

/// An INVITE with Replaces is sent to the target's address-of-record, not to the device that has
/// the dialog (RFC 5589 §7.3).
public final class ReplacesWrongDestination implements Rule.OnCase {
    private static final Set<Integer> ELSEWHERE = Set.of(403, 404, 481, 486);

    /// How the two legs of one call are known.
    private static final Set<Link.Reason> FAR_LEG =
            EnumSet.of(
                    Link.Reason.SESSION_ID,
                    Link.Reason.HEADER,
                    Link.Reason.CHARGING_VECTOR,
                    Link.Reason.NUMBERS,
                    Link.Reason.CALLER,
                    Link.Reason.MEDIA);

    @Override
    public String id() {
        return "replaces-wrong-destination";
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
        var consultation = Consultation.of(transfer, stories);
        var asked = transfer.target().flatMap(one -> Party.of(one.target()));
        if (consultation.isEmpty() || asked.isEmpty()) return Optional.empty();
        var contact = consultation.get().contact();
        var record = consultation.get().record();
        if (!record.equals(asked) || contact.isEmpty() || contact.equals(asked))
            return Optional.empty();
        var attempts = Attempts.of(transfer, stories);
        var swapped = consultation.get().isSwapped(Consultation.replaces(transfer).orElseThrow());
        if (swapped || !ELSEWHERE.contains(attempts.code())) return Optional.empty();
        if (hasReachedTarget(consultation.get(), stories)) return Optional.empty();

        var says =
                "Refer-To has the target's address, not the Contact of the device that has the consultation call; the call ended with %d"
                        .formatted(attempts.code());
        var to = contact.get();
        return Optional.of(
                transfer.finding(this, story, says)
                        .certainty(POSSIBLE)
                        .blames(TRANSFEROR, transfer.transferor())
                        .proof(transfer.refer().request().stream().toList())
                        .proof(attempts.proof())
                        .value(
                                "device",
                                to.user().isEmpty() ? to.host() : to.user() + "@" + to.host())
                        .finding());
    }

    /// Whether the INVITE came to who has the far leg of the consultation call, behind a B2BUA:
    /// then the address was right, and the dialog has another name there.
    private static boolean hasReachedTarget(Consultation consultation, Case stories) {
        var near = consultation.held();
        var beyond = new HashSet<String>();
        for (var link : stories.links(near.story().callId())) {
            if (!FAR_LEG.contains(link.reason())) continue;
            stories.story(link.other(near.story().callId())).stream()
                    .flatMap(leg -> leg.dialogs().stream())
                    .forEach(dialog -> beyond.addAll(ends(dialog)));
        }
        beyond.removeAll(ends(near.dialog()));
        return stories.replacements(near).stream()
                .anyMatch(leg -> beyond.contains(leg.invite().lastHop().server().host()));
    }

    private static Set<String> ends(Dialog dialog) {
        return Stream.concat(dialog.caller().stream(), dialog.callee().stream())
                .map(Endpoint::host)
                .collect(Collectors.toSet());
    }
}
