// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import referee.agent.ProbeEnd;
import referee.agent.ProbePlan;
import referee.agent.ProbeResult;
import referee.cli.Truth.Answers;
import referee.practice.Fault;
import referee.practice.Party;
import referee.sip.Methods;

/// Whether what a probe says is so, as far as it could know.
final class ResultJury {
    private static final Set<Party> ASKING = EnumSet.of(Party.REGISTRAR, Party.TRUNK);

    private final Outing run;
    private final Lot lot;
    private final List<String> objections = new ArrayList<>();

    ResultJury(Outing run) {
        this.run = run;
        this.lot = run.lot();
    }

    List<String> objections(ProbeResult result) {
        var decided = Outing.BEGIN.plus(result.took());
        if (lot.isTransfer()) ofTransfer(result, decided);
        else ofRequest(result, decided);
        if (result.end() == ProbeEnd.CREDENTIALS_REJECTED)
            require(isAboutCredentials(), "credentials that are right are rejected");
        result.blame()
                .ifPresent(blame ->
                        require(
                                new FindingJury(run).isTrue(blame),
                                "the probe blames wrongly: " + blame));
        if (lot.isHealthy()) {
            require(result.end() == expected(), "all is well, and the end is " + result.end());
            require(result.blame().isEmpty(), "all is well, and the probe blames somebody");
        }
        return objections;
    }

    private void require(boolean right, String objection) {
        if (!right) objections.add(objection);
    }

    private ProbeEnd expected() {
        return switch (lot.callee()) {
            case "busy" -> ProbeEnd.BUSY;
            case "decline", "notfound", "bob" -> ProbeEnd.REJECTED;
            case "ring" -> ProbeEnd.TIMED_OUT;
            default -> ProbeEnd.SUCCEEDED;
        };
    }

    private boolean isAboutCredentials() {
        return lot.cause() == Lot.Cause.WRONG_PASSWORD
                || lot.fault().map(Fault::party).filter(ASKING::contains).isPresent();
    }

    private List<Integer> came(String method, Instant until) {
        return run.truth().arrived(Answers.to(method), Outing.PHONE, until);
    }

    private static boolean hasGood(List<Integer> codes) {
        return codes.stream().anyMatch(code -> code < 300);
    }

    private static boolean hasBad(List<Integer> codes) {
        return codes.stream().anyMatch(code -> code >= 300);
    }

    private void ofRequest(ProbeResult result, Instant decided) {
        var came = came(method(lot.plan().kind()), decided);
        switch (result.end()) {
            case SUCCEEDED -> require(hasGood(came), "succeeded without a 2xx");
            case REJECTED, BUSY -> require(came.contains(result.code()), "rejected by nobody");
            case TIMED_OUT ->
                    require(
                            came.isEmpty() || came.contains(408),
                            "timed out, and an answer had come: " + came);
            case FAILED -> require(!lot.isHealthy(), "failed for no reason");
            case NETWORK -> require(isRefused(), "no network, and there is one");
            case UNKNOWN, INTERRUPTED -> require(false, "ended as " + result.end());
            case CREDENTIALS_REJECTED -> {}
        }
    }

    private static String method(ProbePlan.Kind kind) {
        return switch (kind) {
            case OPTIONS -> Methods.OPTIONS;
            case REGISTER -> Methods.REGISTER;
            case CALL, TRANSFER -> Methods.INVITE;
        };
    }

    private void ofTransfer(ProbeResult result, Instant decided) {
        var told = run.truth().toldAt(Outing.PHONE, decided);
        var called = came(Methods.INVITE, decided);
        var refused = hasBad(came(Methods.REFER, decided)) || hasBad(called);
        switch (result.end()) {
            case SUCCEEDED -> {
                require(hasGood(told), "transferred, and nobody said so");
                require(isReferred(), "transferred, and the target was not called");
            }
            case BUSY ->
                    require(told.contains(486) || called.contains(486), "busy, and nobody said so");
            case REJECTED -> require(refused, "rejected by nobody");
            case TIMED_OUT, UNKNOWN ->
                    require(
                            told.isEmpty() || told.contains(408) || isMisnumbered(),
                            "no outcome, and one had been told: " + told);
            case FAILED ->
                    require(
                            result.code() < 300 || told.contains(result.code()),
                            "not transferred, and nobody said so");
            case NETWORK -> require(isRefused(), "no network, and there is one");
            case INTERRUPTED -> require(false, "interrupted by nobody");
            case CREDENTIALS_REJECTED -> {}
        }
    }

    /// A machine that is gone refuses connections.
    private boolean isRefused() {
        return lot.tcp() && lot.cause() == Lot.Cause.SERVER_DIES;
    }

    /// The NOTIFY that tells it is then to be refused.
    private boolean isMisnumbered() {
        return lot.fault().filter(one -> one.id().equals("refer-notify-out-of-order")).isPresent();
    }

    /// Whether the call that the server was sent to make was answered; some faults only say so.
    private boolean isReferred() {
        var answers = run.truth().arrived(Answers.to(Methods.INVITE), Outing.SERVER, Instant.MAX);
        return lot.fault().isPresent() || hasGood(answers);
    }
}
