// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Leg;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.sip.HeaderName;
import referee.sip.Replaces;
import referee.sip.Slice;

/// Replaces inside Refer-To is not escaped, or escaped twice, or not unescaped by the transferee
/// (RFC 3261 §19.1.1, §19.1.5).
public final class ReplacesNotEscaped implements Rule.OnCase {
    private static final Set<Integer> MISREAD = Set.of(400, 416, 481);

    @Override
    public String id() {
        return "replaces-not-escaped";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var one : stories.transfers()) {
            ofTransferor(one.transfer(), one.story(), stories).ifPresent(findings::add);
        }
        if (!findings.isEmpty()) return findings;
        for (var leg : stories.legs()) ofTransferee(leg, stories).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> ofTransferor(Transfer transfer, Story story, Case stories) {
        var text = written(transfer);
        if (text.isEmpty()) return Optional.empty();
        var code = code(transfer, stories);
        var wrong = wrong(text.get(), code);
        if (wrong.isEmpty()) return Optional.empty();
        var draft =
                transfer.finding(
                                this,
                                story,
                                wrong.get() + (code < 300 ? "" : "; it ended with " + code))
                        .blames(TRANSFEROR, transfer.transferor())
                        .proof(transfer.refer().request().stream().toList())
                        .proof(
                                transfer.refer().finalAnswerAnywhere().map(Answer::first).stream()
                                        .toList())
                        .value("replaces", text.get().raw());
        transfer.outcome().flatMap(one -> one.transaction().request()).ifPresent(draft::proof);
        if (text.get().hasRawAt()) draft.certainty(LIKELY);
        return Optional.of(
                code >= 200 && code < 300 && transfer.outcome().isPresent()
                        ? draft.severity(Severity.LOW).finding()
                        : draft.finding());
    }

    private static Optional<String> wrong(ReplacesText text, int code) {
        if (text.isRaw()) return Optional.of("Replaces stands in Refer-To without escapes");
        if (text.isDouble()) return Optional.of("Replaces stands in Refer-To escaped twice");
        return text.hasRawAt() && MISREAD.contains(code)
                ? Optional.of("the at sign of Replaces stands in Refer-To without escape")
                : Optional.empty();
    }

    /// What became of it: of the REFER, else of the referred call, else what the NOTIFY says.
    private static int code(Transfer transfer, Case stories) {
        var refused = transfer.refer().code();
        if (refused >= 300) return refused;
        return stories.referred(transfer).stream()
                .reduce((_, later) -> later)
                .flatMap(one -> one.leg().invite().finalAnswerAnywhere())
                .map(Answer::code)
                .or(() -> transfer.outcome().map(Notify::code))
                .orElse(refused);
    }

    /// What stands in Refer-To, where it stands in brackets; else it is no header of the URI.
    static Optional<ReplacesText> written(Transfer transfer) {
        return transfer.refer()
                .message()
                .flatMap(message -> message.raw(HeaderName.REFER_TO))
                .filter(value -> value.indexOf('<') >= 0)
                .flatMap(ReplacesText::of);
    }

    private Optional<Finding> ofTransferee(Leg leg, Case stories) {
        var raw = leg.invite().message().flatMap(message -> message.raw(HeaderName.REPLACES));
        if (raw.isEmpty()) return Optional.empty();
        var refer = refer(leg, raw.get(), stories);
        var undecoded = isUndecoded(raw.get());
        var altered = refer.filter(one -> isAltered(one, leg)).isPresent();
        if (!undecoded && !altered) return Optional.empty();
        var says =
                undecoded
                        ? "Replaces of the INVITE still holds the escapes of the Refer-To"
                        : "Replaces of the INVITE is not what the Refer-To says";
        var draft =
                leg.story()
                        .finding(this, says)
                        .blames(TRANSFEREE, leg.invite().client())
                        .proof(leg.invite().sightings().toList())
                        .value("replaces", raw.get());
        refer.flatMap(one -> one.refer().request()).ifPresent(draft::proof);
        return Optional.of(draft.finding());
    }

    private static boolean isUndecoded(Slice raw) {
        var text = raw.text().toLowerCase(Locale.ROOT);
        return !text.contains(";") && text.contains("%3b");
    }

    /// The REFER that asked for this INVITE, by the Call-ID it names.
    private static Optional<Transfer> refer(Leg leg, Slice raw, Case stories) {
        return stories.stories().stream()
                .flatMap(story -> story.transfers().stream())
                .filter(transfer ->
                        Consultation.replaces(transfer)
                                .filter(one ->
                                        raw.holds(one.callId())
                                                || raw.holds(one.callId().replace("@", "%40")))
                                .isPresent())
                .filter(transfer -> !transfer.refer().first().isAfter(leg.invite().first()))
                .reduce((_, later) -> later);
    }

    private static boolean isAltered(Transfer transfer, Leg leg) {
        var asked = Consultation.replaces(transfer).orElseThrow();
        var sent = leg.invite().message().flatMap(invite -> invite.first(Replaces.KIND).optional());
        return sent.map(one -> !sameTags(one, asked) || !one.callId().equals(asked.callId()))
                .orElse(true);
    }

    private static boolean sameTags(Replaces one, Replaces other) {
        return one.toTag().equals(other.toTag()) && one.fromTag().equals(other.fromTag());
    }
}
