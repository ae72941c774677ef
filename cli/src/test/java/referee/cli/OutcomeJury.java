// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import referee.cli.Outing.Vantage;
import referee.cli.Truth.Answers;
import referee.diagnosis.Outcome;
import referee.diagnosis.Transaction;
import referee.diagnosis.Verdict;
import referee.sip.Methods;

/// Whether the outcome of a story is the true one, or said to be unknown or pending where it may
/// be.
final class OutcomeJury {
    private final Outing run;
    private final Vantage vantage;

    OutcomeJury(Outing run, Vantage vantage) {
        this.run = run;
        this.vantage = vantage;
    }

    List<String> objections(Verdict verdict) {
        var story = verdict.story();
        if (story.transactions().isEmpty()) return List.of();
        return switch (story.kind()) {
            case CALL -> ofCall(verdict);
            case TRANSFER -> ofTransfer(verdict);
            case REGISTRATION, OTHER -> ofRequest(verdict, story.transactions().getLast());
            case SUBSCRIPTION -> List.of();
        };
    }

    private List<String> ofCall(Verdict verdict) {
        var invites = verdict.story().transactions(Methods.INVITE);
        if (invites.isEmpty()) return List.of();
        var which = Answers.to(Methods.INVITE).of(verdict.story().callId());
        return of(verdict, which, invites.getFirst().client().host());
    }

    private List<String> ofRequest(Verdict verdict, Transaction last) {
        var which = Answers.to(last.method()).of(verdict.story().callId()).numbered(last.cseq());
        return of(verdict, which, last.client().host());
    }

    private List<String> of(Verdict verdict, Answers which, String client) {
        var sent = run.truth().sent(which);
        var came = run.truth().arrived(which, client, Instant.MAX);
        var right =
                switch (verdict.outcome()) {
                    case SUCCEEDED -> hasGood(sent);
                    case FAILED -> !hasGood(came);
                    case CANCELLED -> run.truth().isCancelled(which.callId());
                    // the probe's own record ends with the probe
                    case PENDING, UNKNOWN -> !run.lot().isHealthy() || vantage == Vantage.PHONE;
                };
        return right ? List.of() : List.of(says(verdict) + "; sent " + sent + ", came " + came);
    }

    private List<String> ofTransfer(Verdict verdict) {
        var truth = run.truth();
        var id = verdict.story().callId();
        var told = truth.told(id);
        var refer = Answers.to(Methods.REFER).of(id);
        var accepted = hasGood(truth.arrived(refer, Outing.PHONE, Instant.MAX));
        var objections = new ArrayList<String>(1);
        switch (verdict.outcome()) {
            case SUCCEEDED -> {
                if (!hasGood(told)) objections.add(says(verdict) + "; told " + told);
            }
            case FAILED -> {
                var failed = told.stream().anyMatch(code -> code >= 300) || !accepted;
                if (!failed) objections.add(says(verdict) + "; told " + told);
            }
            case CANCELLED -> objections.add(says(verdict));
            case PENDING, UNKNOWN -> {
                if (run.lot().isHealthy()) objections.add(says(verdict));
            }
        }
        return objections;
    }

    private static boolean hasGood(List<Integer> codes) {
        return codes.stream().anyMatch(code -> code < 300);
    }

    private String says(Verdict verdict) {
        return "%s says that %s %s"
                .formatted(
                        vantage,
                        verdict.story().kind(),
                        verdict.outcome() == Outcome.PENDING ? "is PENDING" : verdict.outcome());
    }
}
