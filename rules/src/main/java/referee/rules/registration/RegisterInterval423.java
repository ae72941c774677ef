// SPDX-License-Identifier: Apache-2.0
package referee.rules.registration;

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
import referee.sip.MinExpires;

/// 423 asks for a longer expiry, and the client does not raise it (RFC 3261 §10.2.8).
public final class RegisterInterval423 implements Rule.OnStory {
    private static final Set<String> METHODS =
            Set.of(Methods.REGISTER, Methods.SUBSCRIBE, Methods.PUBLISH);

    @Override
    public String id() {
        return "register-interval-423";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var sequel : Sequel.of(story, METHODS, 423)) {
            check(sequel, story).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> check(Sequel sequel, Story story) {
        var first = sequel.first();
        if (hasBrokenMinimum(first)) return Optional.empty();
        if (minimum(first).isEmpty()) {
            var says = "423 to %s without Min-Expires".formatted(first.method());
            return Optional.of(ofServer(says, sequel, story));
        }
        var ignored = sequel.steps().stream().filter(RegisterInterval423::isTooShort).findFirst();
        if (ignored.isPresent()) return Optional.of(ignored(ignored.get(), sequel, story));
        var needless = sequel.refused().stream().filter(RegisterInterval423::isEnough).findFirst();
        if (needless.isPresent()) {
            var says =
                    "%s asked for %d s and was refused with 423 and Min-Expires: %d"
                            .formatted(
                                    first.method(),
                                    Asked.shortest(needless.get()).orElse(0L),
                                    minimum(needless.get()).orElse(0L));
            return Optional.of(ofServer(says, sequel, story));
        }
        return sequel.isGivenUp(story) ? Optional.of(givenUp(sequel, story)) : Optional.empty();
    }

    /// 0 takes a registration away and is no interval (RFC 3261 §10.3 item 7).
    private static boolean isTooShort(Sequel.Step step) {
        var minimum = minimum(step.refused()).orElse(0L);
        return Asked.shortest(step.then())
                .filter(seconds -> seconds > 0 && seconds < minimum)
                .isPresent();
    }

    private static boolean isEnough(Transaction refused) {
        var minimum = minimum(refused);
        return minimum.isPresent()
                && Asked.shortest(refused).filter(seconds -> seconds >= minimum.get()).isPresent();
    }

    private Finding ofServer(String says, Sequel sequel, Story story) {
        return story.finding(this, says)
                .blames(SERVER, sequel.first().server())
                .proof(sequel.proof())
                .finding();
    }

    private Finding ignored(Sequel.Step step, Sequel sequel, Story story) {
        var minimum = minimum(step.refused()).orElseThrow();
        var says =
                "423 asked for at least %d s, and the next %s asked for %d s"
                        .formatted(
                                minimum,
                                step.then().method(),
                                Asked.shortest(step.then()).orElse(0L));
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
                "%s was refused with 423 and Min-Expires: %d, and was not sent again within %d s"
                        .formatted(sequel.last().method(), minimum, Sequel.PATIENCE.toSeconds());
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(CLIENT, sequel.last().client())
                .proof(sequel.proof())
                .value("min", minimum)
                .finding();
    }

    private static boolean hasBrokenMinimum(Transaction refused) {
        return refused.finalAnswer().orElseThrow().first().message().has(HeaderName.MIN_EXPIRES)
                && minimum(refused).isEmpty();
    }

    private static Optional<Long> minimum(Transaction refused) {
        return refused.finalAnswer()
                .flatMap(answer -> answer.first().message().first(MinExpires.KIND).optional())
                .map(MinExpires::seconds);
    }
}
