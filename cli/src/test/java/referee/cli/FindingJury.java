// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import referee.agent.ProbeResult;
import referee.diagnosis.Certainty;
import referee.diagnosis.Finding;
import referee.diagnosis.Responsible;
import referee.diagnosis.Role;
import referee.practice.Party;

/// Whether a finding that is likely or proven is true: whom it blames has done it. What the network
/// did may be said of the network alone; where nothing gets through for good, of it or whoever is
/// silent.
final class FindingJury {
    private static final String NETWORK = Role.NETWORK.word();
    private static final String PRIVATE = "10.11.12.13";

    /// Who does not know the password cannot tell who is wrong.
    private static final String REJECTED = "credentials-rejected";

    /// What shows that somebody is not there.
    private static final Set<String> SILENCE =
            Set.of(
                    "invite-no-response",
                    "non-invite-no-response",
                    "refer-no-final-response",
                    "refer-no-notify",
                    "refer-notify-unanswered",
                    "ack-lost");

    /// What else a fault brings with it where the client is a probe.
    private static final Map<String, Set<String>> ALSO =
            Map.of(
                    "replaces-ignored-new-call", Set.of("dialog-lost-481"),
                    "private-address-in-contact", Set.of("non-invite-no-response"),
                    "via-response-misrouted", Set.of("non-invite-no-response"),
                    "refer-notify-late", Set.of("refer-no-notify"),
                    "refer-notify-unanswered", Set.of("refer-no-notify"));

    private final Outing run;
    private final Lot lot;

    FindingJury(Outing run) {
        this.run = run;
        this.lot = run.lot();
    }

    boolean isTrue(Finding finding) {
        if (finding.certainty() == Certainty.POSSIBLE) return true;
        var accused =
                finding.responsible().stream()
                        .map(FindingJury::accused)
                        .collect(Collectors.toSet());
        if (accused.equals(Set.of(Role.NOBODY.word()))) return true;
        var harmed = accused.contains(NETWORK) && run.truth().isHarmed(finding.callId());
        if (harmed && (accused.size() == 1 || lot.isCut())) return true;
        return isNamed(finding.fault())
                && (culprits().stream().anyMatch(accused::contains)
                        || isBroughtAlong(finding.fault()));
    }

    /// Of what the probe itself has found out.
    boolean isTrue(ProbeResult.Blame blame) {
        return blame.certainty().equals(Certainty.POSSIBLE.word())
                || culprits().contains(blame.party());
    }

    /// By address, or by role where there is none.
    private static String accused(Responsible one) {
        return one.role() == Role.NETWORK || one.role() == Role.NOBODY
                ? one.role().word()
                : one.at().map(at -> at.host()).orElse(one.role().word());
    }

    private Set<String> culprits() {
        return switch (lot.cause()) {
            case NOTHING, TARGET_BUSY, TARGET_RINGS -> Set.of();
            case FAULT ->
                    Set.of(Outing.SERVER, "server", "transferee", "middlebox", "operator", PRIVATE);
            case SERVER_DIES -> Set.of(Outing.SERVER, "server", "transferee", NETWORK);
            case WRONG_PASSWORD -> Set.of(Outing.PHONE, "client", "operator");
            case TARGET_GONE -> Set.of(Outing.TARGET, "target");
            case FIRST_ADDRESS_DEAD -> Set.of(Outing.NOBODY);
            case WAY_THERE_DEAD, WAY_BACK_DEAD -> Set.of(NETWORK);
        };
    }

    private boolean isNamed(String fault) {
        return switch (lot.cause()) {
            case FAULT -> {
                var committed = lot.fault().orElseThrow();
                yield fault.equals(committed.id())
                        || isBroughtAlong(fault)
                        || committed.party() == Party.REGISTRAR && fault.equals(REJECTED)
                        || ALSO.getOrDefault(committed.name(), Set.of()).contains(fault);
            }
            case WRONG_PASSWORD -> fault.equals(REJECTED);
            default -> SILENCE.contains(fault);
        };
    }

    /// Whether the client does it because of what was committed.
    private boolean isBroughtAlong(String fault) {
        return lot.fault().filter(one -> Remark.of(one).also().contains(fault)).isPresent();
    }
}
