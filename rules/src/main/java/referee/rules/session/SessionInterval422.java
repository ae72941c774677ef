// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Sequel;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.MinSE;
import referee.sip.SessionExpires;

/// 422 asks for a longer session interval, and the caller does not raise it (RFC 4028 §6 and §7.3).
public final class SessionInterval422 implements Rule.OnStory {
    @Override
    public String id() {
        return "session-interval-422";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var sequel : Sequel.of(story, Set.of(Methods.INVITE, Methods.UPDATE), 422)) {
            check(sequel, story).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> check(Sequel sequel, Story story) {
        var first = sequel.first();
        if (hasBrokenMinimum(first)) return Optional.empty();
        if (minimum(first).isEmpty()) {
            return Optional.of(
                    story.finding(this, "422 to %s without Min-SE".formatted(first.method()))
                            .blames(SERVER, first.server())
                            .proof(sequel.proof())
                            .finding());
        }
        var ignored = sequel.steps().stream().filter(SessionInterval422::isTooShort).findFirst();
        if (ignored.isPresent()) return Optional.of(ignored(ignored.get(), sequel, story));
        return sequel.isGivenUp(story) ? Optional.of(givenUp(sequel, story)) : Optional.empty();
    }

    /// Whether what was asked for was given, and more was asked for then: several on the way may
    /// each have a minimum of their own, or one never has enough.
    private static boolean isRaised(Sequel.Step step) {
        var before = minimum(step.refused());
        var asked = asked(step.then());
        var after = step.then().code() == 422 ? minimum(step.then()) : Optional.<Long>empty();
        return before.isPresent()
                && asked.isPresent()
                && after.isPresent()
                && asked.get() >= before.get()
                && after.get() > asked.get();
    }

    private static boolean isTooShort(Sequel.Step step) {
        var minimum = minimum(step.refused());
        var asked = asked(step.then());
        return minimum.isPresent() && asked.isPresent() && asked.get() < minimum.get();
    }

    private Finding ignored(Sequel.Step step, Sequel sequel, Story story) {
        var minimum = minimum(step.refused()).orElseThrow();
        var says =
                "422 asked for a session interval of %d s, and the next %s asked for %d s again"
                        .formatted(minimum, step.then().method(), asked(step.then()).orElseThrow());
        return story.finding(this, says)
                .blames(CLIENT, step.then().client())
                .proof(sequel.proof())
                .proof(step.then().request().stream().toList())
                .value("min", minimum)
                .finding();
    }

    private Finding givenUp(Sequel sequel, Story story) {
        var minimum = minimum(sequel.last()).orElse(0L);
        var says =
                "%s was refused with 422 and Min-SE: %d, and was not sent again within %d s"
                        .formatted(sequel.last().method(), minimum, Sequel.PATIENCE.toSeconds());
        var draft =
                story.finding(this, says).certainty(LIKELY).blames(CLIENT, sequel.last().client());
        if (sequel.steps().stream().anyMatch(SessionInterval422::isRaised))
            draft.blames(SERVER, sequel.last().server());
        return draft.proof(sequel.proof()).value("min", minimum).finding();
    }

    private static boolean hasBrokenMinimum(Transaction refused) {
        return refused.finalAnswer().orElseThrow().first().message().has(HeaderName.MIN_SE)
                && minimum(refused).isEmpty();
    }

    private static Optional<Long> minimum(Transaction refused) {
        return refused.finalAnswer()
                .flatMap(answer -> answer.first().message().first(MinSE.KIND).optional())
                .map(MinSE::seconds);
    }

    private static Optional<Long> asked(Transaction request) {
        return request.message()
                .flatMap(message -> message.first(SessionExpires.KIND).optional())
                .map(SessionExpires::seconds);
    }
}
