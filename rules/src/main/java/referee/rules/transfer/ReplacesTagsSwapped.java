// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Leg;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.sip.Replaces;

/// The two tags of Replaces are confused (RFC 3891 §3).
public final class ReplacesTagsSwapped implements Rule.OnCase {
    @Override
    public String id() {
        return "replaces-tags-swapped";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        var asked = false;
        for (var one : stories.transfers()) {
            asked |= Consultation.of(one.transfer(), stories).isPresent();
            ofTransfer(one.transfer(), one.story(), stories).ifPresent(findings::add);
        }
        if (asked) return findings;
        for (var leg : stories.legs()) ofInvite(leg, stories).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> ofTransfer(Transfer transfer, Story story, Case stories) {
        var consultation = Consultation.of(transfer, stories);
        var replaces = Consultation.replaces(transfer);
        if (consultation.isEmpty() || !consultation.get().isSwapped(replaces.orElseThrow()))
            return Optional.empty();
        if (isRightElsewhere(transfer, replaces.orElseThrow(), stories)) return Optional.empty();
        var attempts = Attempts.of(transfer, stories);
        if (attempts.isSuccess()) return Optional.empty();
        return Optional.of(
                transfer.finding(this, story, says(attempts.code()))
                        .certainty(attempts.code() == 481 ? PROVEN : LIKELY)
                        .blames(TRANSFEROR, transfer.transferor())
                        .proof(transfer.refer().request().stream().toList())
                        .proof(attempts.proof())
                        .value("replaces", consultation.get().right())
                        .finding());
    }

    /// Whether a B2BUA only passes it on: the transferor whose call it is has the tags right.
    private static boolean isRightElsewhere(Transfer transfer, Replaces replaces, Case stories) {
        return stories.transfers().stream()
                .map(one -> one.transfer())
                .filter(other -> !other.equals(transfer))
                .filter(other -> isSame(replaces, Consultation.replaces(other)))
                .flatMap(other -> Consultation.of(other, stories).stream())
                .anyMatch(consultation -> !consultation.isSwapped(replaces));
    }

    private static boolean isSame(Replaces one, Optional<Replaces> other) {
        return other.filter(it -> it.callId().equals(one.callId()))
                .filter(it -> it.toTag().equals(one.toTag()))
                .filter(it -> it.fromTag().equals(one.fromTag()))
                .isPresent();
    }

    private static String says(int code) {
        return "to-tag and from-tag of Replaces are those of the consultation call, confused"
                + (code == 0 ? "" : "; the call that carries them ended with " + code);
    }

    /// The REFER is not here: by the end of the dialog that the INVITE came to.
    private Optional<Finding> ofInvite(Leg leg, Case stories) {
        var replaces =
                leg.invite().message().flatMap(invite -> invite.first(Replaces.KIND).optional());
        var answer = leg.invite().finalAnswerAnywhere().filter(one -> one.code() == 481);
        var dialog = replaces.flatMap(stories::dialog).map(one -> one.dialog());
        if (dialog.isEmpty() || answer.isEmpty()) return Optional.empty();
        var isCaller = Consultation.isCaller(dialog.get(), leg.invite().lastHop().server());
        if (isCaller.isEmpty() || !isForeign(replaces.get(), dialog.get(), isCaller.get()))
            return Optional.empty();
        return Optional.of(
                leg.story()
                        .finding(this, says(answer.get().code()))
                        .blames(TRANSFEROR)
                        .proof(leg.invite().request().stream().toList())
                        .proof(answer.map(Answer::first).stream().toList())
                        .finding());
    }

    /// Whether to-tag is not the receiver's own.
    private static boolean isForeign(Replaces replaces, Dialog dialog, boolean receiverCalled) {
        var own = receiverCalled ? dialog.callerTag() : dialog.calleeTag();
        return own.is(replaces.fromTag().orElse(""));
    }
}
