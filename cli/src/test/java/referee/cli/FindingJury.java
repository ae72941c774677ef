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
import referee.practice.Fault;

/// Whether a finding that is likely or proven is true: whom it blames has done it. What the network
/// did may be said of the network alone; where nothing gets through for good, of it or whoever is
/// silent.
final class FindingJury {
    private static final String NETWORK = Role.NETWORK.word();
    private static final String PRIVATE = "10.11.12.13";

    /// What shows that somebody is not there.
    private static final Set<String> SILENCE =
            Set.of(
                    "invite-no-response",
                    "non-invite-no-response",
                    "refer-no-final-response",
                    "refer-no-notify",
                    "refer-notify-unanswered",
                    "ack-lost");

    /// What else a fault brings with it.
    private static final Map<Fault, Set<String>> ALSO =
            Map.of(
                    Fault.CALL_DESTROYED_BY_NOTIFY_TERMINATED,
                    Set.of("dialog-lost-481"),
                    Fault.REPLACES_IGNORED_NEW_CALL,
                    Set.of("dialog-lost-481"),
                    Fault.PRIVATE_ADDRESS_IN_CONTACT,
                    Set.of("ack-lost", "non-invite-no-response"),
                    Fault.REFER_NOTIFY_LATE,
                    Set.of("refer-no-notify"),
                    Fault.REFER_NO_NOTIFY,
                    Set.of("notify-terminated-without-outcome"),
                    Fault.TRUNK_SOURCE_NOT_ALLOWED,
                    Set.of("forbidden-by-policy"),
                    Fault.FORBIDDEN_BY_POLICY,
                    Set.of("credentials-rejected"));

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
        return culprits().stream().anyMatch(accused::contains) && isNamed(finding.fault());
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
            case FAULT -> Set.of(Outing.SERVER, "server", "transferee", "operator", PRIVATE);
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
                        || ALSO.getOrDefault(committed, Set.of()).contains(fault);
            }
            case WRONG_PASSWORD -> fault.equals("credentials-rejected");
            default -> SILENCE.contains(fault);
        };
    }
}
