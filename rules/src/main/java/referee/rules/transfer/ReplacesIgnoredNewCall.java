// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.TARGET;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.DialogIn;
import referee.diagnosis.Finding;
import referee.diagnosis.Leg;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.sip.OptionTag;
import referee.sip.Replaces;

/// The target takes an INVITE with Replaces as a second call (RFC 3891 §3, §4).
public final class ReplacesIgnoredNewCall implements Rule.OnCase {
    /// Within this time a BYE of either side shows that the old dialog was taken care of.
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Duration PATIENCE = Duration.ofSeconds(32);

    @Override
    public String id() {
        return "replaces-ignored-new-call";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var leg : stories.legs()) check(leg, stories).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> check(Leg leg, Case stories) {
        var answer = leg.invite().finalAnswerAnywhere().filter(Answer::isSuccess);
        var replaced = replaced(leg, stories);
        if (answer.isEmpty() || replaced.isEmpty() || requires(leg)) return Optional.empty();
        var receiver = leg.invite().lastHop().server();
        var isCaller = Consultation.isCaller(replaced.get().dialog(), receiver);
        if (isCaller.isEmpty() || isEnded(replaced.get(), isCaller.get(), answer.get()))
            return Optional.empty();
        var other = replaced.get().dialog();
        var peer = isCaller.get() ? other.callee() : other.caller();
        if (!replaced.get()
                .story()
                .watchedFor(PATIENCE, answer.get().first().at(), receiver, peer.orElse(receiver)))
            return Optional.empty();

        var says =
                "the INVITE with Replaces was answered with %d, and the target did not end the call it replaces within %d s"
                        .formatted(answer.get().code(), PATIENCE.toSeconds());
        return Optional.of(
                leg.story()
                        .finding(this, says)
                        .certainty(LIKELY)
                        .blames(TARGET, receiver)
                        .blames(TRANSFEROR)
                        .proof(leg.invite().request().stream().toList())
                        .proof(answer.get().first())
                        .value("call", replaced.get().story().callId())
                        .finding());
    }

    /// By the target in the time it has, or by anybody at once or before.
    private static boolean isEnded(DialogIn replaced, boolean isCaller, Answer answer) {
        var at = answer.first().at();
        var own = isCaller ? replaced.dialog().callerTag() : replaced.dialog().calleeTag();
        return replaced.dialog().byes().stream()
                .anyMatch(bye ->
                        bye.first().isBefore(at.plus(SOON))
                                || bye.fromTag().same(own)
                                        && bye.first().isBefore(at.plus(PATIENCE)));
    }

    private static Optional<DialogIn> replaced(Leg leg, Case stories) {
        return leg.invite()
                .message()
                .flatMap(invite -> invite.first(Replaces.KIND).optional())
                .flatMap(stories::dialog)
                .filter(one -> one.dialog().isConfirmed());
    }

    private static boolean requires(Leg leg) {
        return leg.invite().message().stream()
                .flatMap(invite -> invite.values(OptionTag.REQUIRE).stream())
                .anyMatch(tag -> tag.is("replaces"));
    }
}
