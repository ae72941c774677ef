// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import referee.sip.Keyring;

/// Asks every rule about each settled case and its stories. Keeps nothing from one case to the
/// next.
public final class Judge implements Consumer<Settled> {
    private static final Comparator<Finding> BY_FRAME =
            Comparator.comparingInt(Finding::source)
                    .thenComparing(finding -> finding.frames().getFirst());

    private final List<Rule> rules;
    private final List<Rule.OnCase> caseRules = new ArrayList<>();
    private final Keyring keyring;
    private final Consumer<Verdict> verdicts;

    /// @param verdicts told of each story, in the order in which they come
    public Judge(List<Rule> rules, Consumer<Verdict> verdicts) {
        this(rules, Keyring.EMPTY, verdicts);
    }

    /// @param keyring accounts that digests may be recomputed with
    /// @param verdicts told of each story, in the order in which they come
    public Judge(List<Rule> rules, Keyring keyring, Consumer<Verdict> verdicts) {
        this.rules = List.copyOf(rules);
        for (var rule : rules) if (rule instanceof Rule.OnCase one) caseRules.add(one);
        this.keyring = keyring;
        this.verdicts = verdicts;
    }

    @Override
    public void accept(Settled settled) {
        var all = settled.stories();
        for (var story : all.stories()) story.settle(settled.watch(), keyring);
        var findings = new ArrayList<Finding>(0);
        for (var rule : caseRules) add(rule.check(all), findings);
        for (var story : all.stories()) judge(story, all, findings);
    }

    private void judge(Story story, Case all, List<Finding> ofCase) {
        var findings = new ArrayList<Finding>(0);
        for (var rule : rules) ask(rule, story, findings);
        for (var one : ofCase) if (one.callId().equals(story.callId())) findings.add(one);
        findings.sort(BY_FRAME);
        verdicts.accept(
                new Verdict(story, all.id(), all.links(story.callId()), story.outcome(), findings));
    }

    private static void ask(Rule rule, Story story, List<Finding> findings) {
        switch (rule) {
            case Rule.OnCase _ -> {}
            case Rule.OnStory r -> findings.addAll(r.check(story));
            case Rule.OnTransaction r -> {
                for (var one : story.transactions()) add(r.check(one, story), findings);
            }
            case Rule.OnAuthentication r -> {
                for (var one : story.authentications()) add(r.check(one, story), findings);
            }
            case Rule.OnDialog r -> {
                for (var one : story.dialogs()) add(r.check(one, story), findings);
            }
            case Rule.OnTransfer r -> {
                for (var one : story.transfers()) add(r.check(one, story), findings);
            }
        }
    }

    private static void add(List<Finding> found, List<Finding> findings) {
        if (!found.isEmpty()) findings.addAll(found);
    }
}
