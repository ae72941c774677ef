// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import referee.cli.Outing.Vantage;
import referee.diagnosis.Finding;

/// Holds what a run came to against what truly happened.
final class Jury {
    /// Where the probe leaves a fault no chance to show: it hangs up both calls itself, and asks a
    /// transferee that says nothing.
    private static final Set<String> UNSEEN =
            Set.of("replaces-ignored-new-call", "refer-notify-late");

    private Jury() {}

    /// What is not as it should be; a sentence each.
    static List<String> objections(Outing run) {
        var objections = new ArrayList<String>();
        ending(run, objections);
        for (var result : run.results()) objections.addAll(new ResultJury(run).objections(result));
        run.verdicts()
                .forEach((vantage, all) -> {
                    for (var verdict : all) {
                        objections.addAll(new OutcomeJury(run, vantage).objections(verdict));
                        for (var finding : verdict.findings()) {
                            if (!new FindingJury(run).isTrue(finding))
                                objections.add(vantage + " blames wrongly: " + finding);
                        }
                    }
                });
        missed(run, objections);
        return objections;
    }

    /// Within the time that the command gives a probe, and for good.
    private static void ending(Outing run, List<String> objections) {
        var plan = run.lot().plan();
        var most = plan.patience().multipliedBy(3).plus(plan.talk()).plusSeconds(90);
        if (run.results().size() != 1)
            objections.add("the probe has told %d results".formatted(run.results().size()));
        if (run.took().compareTo(most) > 0) objections.add("the probe took longer than " + most);
        run.left().ifPresent(objections::add);
    }

    /// In fine weather the fault that was committed is named; over a connection some do no harm.
    private static void missed(Outing run, List<String> objections) {
        var fault = run.lot().fault();
        if (!run.lot().isFine() || fault.isEmpty()) return;
        if (fault.get().isLure() || Remark.of(fault.get()).needsMore()) return;
        if (UNSEEN.contains(fault.get().id()) || run.lot().tcp()) return;
        var found =
                run.verdicts().get(Vantage.BETWEEN).stream()
                        .flatMap(one -> one.findings().stream())
                        .map(Finding::fault)
                        .collect(Collectors.toSet());
        if (!found.contains(fault.get().id()))
            objections.add(fault.get().id() + " is not named, but " + found);
    }
}
