// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.OPERATOR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Try;
import referee.evidence.Endpoint;

/// A client that tries one dead server again and again, where its domain may have others (RFC 3263
/// §4.3).
public final class SrvFailoverNotDone implements Rule.OnStory {
    /// So many time-outs in a row on one server, where another one of the domain was seen.
    private static final int KNOWN = 2;

    /// So many where only DNS could tell of others.
    private static final int UNKNOWN = 3;

    @Override
    public String id() {
        return "srv-failover-not-done";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        for (var run : runs(story)) {
            var other = otherServer(run.getFirst(), story);
            var enough = other.isPresent() ? KNOWN : UNKNOWN;
            if (run.size() < enough || other.isEmpty() && run.getFirst().depth() > 1) continue;
            if (isOwn(run.get(enough - 1), story)) return List.of(finding(run, other, story));
        }
        return List.of();
    }

    /// Tries in a row that timed out at one server, each after the one before had been given up.
    private static List<List<Try>> runs(Story story) {
        var runs = new ArrayList<List<Try>>(1);
        var run = new ArrayList<Try>(2);
        for (var one : story.tries()) {
            if (!run.isEmpty() && isSame(one, run.getLast()) && isMeanwhile(one, run.getLast()))
                continue;
            if (!run.isEmpty() && !isSame(one, run.getLast())) end(run, runs);
            if (isUnanswered(one, story)) run.add(one);
            else end(run, runs);
        }
        end(run, runs);
        return runs;
    }

    private static void end(List<Try> run, List<List<Try>> runs) {
        if (!run.isEmpty()) runs.add(List.copyOf(run));
        run.clear();
    }

    private static boolean isSame(Try one, Try before) {
        return one.isLike(before) && one.server().equals(before.server());
    }

    private static boolean isMeanwhile(Try one, Try before) {
        return !one.isAnswered() && one.at().isBefore(before.until());
    }

    private static boolean isUnanswered(Try one, Story story) {
        var patience = Duration.between(one.at(), one.until());
        return !one.isAnswered()
                && story.watchedFor(patience, one.at(), one.client(), one.server());
    }

    private static boolean isOwn(Try one, Story story) {
        return one.callId().equals(story.callId());
    }

    /// Another server that answered the same client for the same domain.
    private static Optional<Endpoint> otherServer(Try dead, Story story) {
        return story.tries().stream()
                .filter(one -> one.isLike(dead) && one.isAnswered())
                .map(Try::server)
                .filter(server -> !server.equals(dead.server()))
                .findFirst();
    }

    private Finding finding(List<Try> run, Optional<Endpoint> other, Story story) {
        var first = run.getFirst();
        var requests =
                story.sightings()
                        .filter(seen -> run.stream().anyMatch(one -> one.is(seen)))
                        .toList();
        var elsewhere =
                run.stream()
                        .filter(one -> !isOwn(one, story) && one.source() == story.source())
                        .map(Try::frame)
                        .toList();
        var says =
                "%d times in a row %s for %s timed out at %s%s"
                        .formatted(
                                run.size(),
                                requests.getFirst().message().method(),
                                first.domain(),
                                first.server(),
                                other.map(one -> ", and " + one + " serves it too").orElse(""));
        return story.finding(this, says)
                .certainty(other.isPresent() ? LIKELY : POSSIBLE)
                .proof(requests)
                .proofFrames(elsewhere)
                .blames(CLIENT, first.client())
                .blames(OPERATOR)
                .value("domain", first.domain())
                .value("peer", first.server())
                .finding();
    }
}
