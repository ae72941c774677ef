// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.util.Optional;
import referee.agent.ProbePlan;

/// One request of a Prometheus server for a probe: what is to be done and how long it may take.
///
/// @param limit of all of it, so that the answer is there before the scrape times out
record ProbeScrape(
        ProbeModules.Module module, ProbePlan plan, ProbeWire.Line line, Duration limit) {
    /// Beyond what the plan waits for, where no scrape has a time limit.
    private static final Duration SLACK = Duration.ofSeconds(10);

    /// What is left for ending a call within the limit.
    private static final Duration TAKING_DOWN = Duration.ofMillis(300);

    private static final Duration SHORTEST = Duration.ofMillis(100);

    /// @param uri whom it asks
    /// @param most how long the answer may take; empty if nobody says
    static ProbeScrape of(ProbeModules.Module module, String uri, Optional<Duration> most)
            throws ProbeModule.Unusable {
        var plan = module.what().plan(uri);
        var line =
                module.what()
                        .line(uri, ProbeAccounts.of(module.keys(), module.what().account(uri)));
        var usual = usual(plan);
        var limit = most.filter(one -> one.compareTo(usual) < 0).orElse(usual);
        return new ProbeScrape(module, within(plan, limit), line, limit);
    }

    private static Duration usual(ProbePlan plan) {
        var stretches = plan.kind() == ProbePlan.Kind.TRANSFER ? 3 : 1;
        return plan.patience().multipliedBy(stretches).plus(talk(plan)).plus(SLACK);
    }

    private static Duration talk(ProbePlan plan) {
        return switch (plan.kind()) {
            case CALL, TRANSFER -> plan.talk();
            case OPTIONS, REGISTER -> Duration.ZERO;
        };
    }

    /// A plan that comes to its own end in time.
    private static ProbePlan within(ProbePlan plan, Duration limit) {
        var stretches = plan.kind() == ProbePlan.Kind.TRANSFER ? 2 : 1;
        var left = limit.minus(talk(plan)).minus(TAKING_DOWN).dividedBy(stretches);
        if (left.compareTo(SHORTEST) < 0) left = SHORTEST;
        return left.compareTo(plan.patience()) < 0 ? plan.patience(left) : plan;
    }
}
