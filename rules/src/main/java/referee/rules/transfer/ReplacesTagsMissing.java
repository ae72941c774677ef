// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Leg;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.sip.Field;
import referee.sip.HeaderName;
import referee.sip.Replaces;

/// Replaces without one of its tags, or with an empty one (RFC 3891 §6.1).
public final class ReplacesTagsMissing implements Rule.OnCase {
    @Override
    public String id() {
        return "replaces-tags-missing";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        var attended = false;
        for (var one : stories.transfers()) {
            attended |= ReplacesNotEscaped.written(one.transfer()).isPresent();
            inReferTo(one.transfer(), one.story(), stories).ifPresent(findings::add);
        }
        if (attended) return findings;
        for (var leg : stories.legs()) inInvite(leg).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> inReferTo(Transfer transfer, Story story, Case stories) {
        var text = ReplacesNotEscaped.written(transfer);
        if (text.isEmpty()
                || text.get().isRaw()
                || text.get().isDouble()
                || transfer.target().isEmpty()) return Optional.empty();
        var missing = missing(transfer.target().get().replaces());
        if (missing.isEmpty()) return Optional.empty();
        var draft =
                transfer.finding(
                                this,
                                story,
                                "Replaces in Refer-To has " + missing.get() + end(transfer))
                        .blames(TRANSFEROR, transfer.transferor())
                        .proof(transfer.refer().request().stream().toList())
                        .proof(
                                transfer.refer().finalAnswerAnywhere().map(Answer::first).stream()
                                        .toList());
        transfer.outcome().flatMap(one -> one.transaction().request()).ifPresent(draft::proof);
        Consultation.replaces(transfer)
                .flatMap(one -> stories.story(one.callId()))
                .filter(one -> one.dialogs().size() == 1)
                .ifPresent(one -> draft.value("call", one.callId()));
        return Optional.of(draft.finding());
    }

    private static String end(Transfer transfer) {
        var refused = transfer.refer().code();
        if (refused >= 300) return "; the REFER was answered with " + refused;
        return transfer.outcome()
                .map(Notify::code)
                .map(code -> "; the NOTIFY says " + code)
                .orElse("");
    }

    /// Of a REFER that is not here.
    private Optional<Finding> inInvite(Leg leg) {
        var replaces = leg.invite().message().map(invite -> invite.first(Replaces.KIND));
        var missing = replaces.flatMap(ReplacesTagsMissing::missing);
        if (missing.isEmpty() || isEscaped(leg)) return Optional.empty();
        var says = "Replaces of the INVITE has " + missing.get();
        return Optional.of(
                leg.story()
                        .finding(this, says)
                        .blames(TRANSFEROR)
                        .blames(MIDDLEBOX, leg.invite().client())
                        .proof(leg.invite().request().stream().toList())
                        .proof(
                                leg.invite().finalAnswerAnywhere().map(Answer::first).stream()
                                        .toList())
                        .finding());
    }

    private static boolean isEscaped(Leg leg) {
        return leg.invite()
                .message()
                .flatMap(invite -> invite.raw(HeaderName.REPLACES))
                .filter(value -> value.holds("%3B") || value.holds("%3b"))
                .isPresent();
    }

    private static Optional<String> missing(Field<Replaces> field) {
        return switch (field) {
            case Field.Absent<Replaces> _ -> Optional.empty();
            case Field.Broken<Replaces> _ -> Optional.of("no Call-ID and tags that can be read");
            case Field.Present<Replaces>(var replaces) -> missing(replaces);
        };
    }

    private static Optional<String> missing(Replaces replaces) {
        var to = replaces.toTag().orElse("").isEmpty();
        var from = replaces.fromTag().orElse("").isEmpty();
        if (to && from) return Optional.of("neither to-tag nor from-tag");
        return to ? Optional.of("no to-tag") : from ? Optional.of("no from-tag") : Optional.empty();
    }
}
