// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.NOBODY;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Dialog;
import referee.diagnosis.DialogIn;
import referee.diagnosis.Finding;
import referee.diagnosis.Leg;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.Replaces;

/// Replaces names a dialog that cannot be replaced: ringing, ended, or answered although only an
/// early one was wanted (RFC 3891 §3).
public final class ReplacesUnreplaceableDialog implements Rule.OnCase {
    /// An end this shortly before the INVITE is a race that nobody could avoid.
    private static final Duration RACE = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "replaces-unreplaceable-dialog";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    private enum Why {
        EARLY("is still ringing, and was not started by the target"),
        ENDED("had ended"),
        ANSWERED("was answered, and Replaces says early-only");

        private final String words;

        Why(String words) {
            this.words = words;
        }
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        var legs = stories.legs();
        for (var leg : legs) ofInvite(leg, stories).ifPresent(findings::add);
        if (!findings.isEmpty()) return findings;
        for (var one : stories.transfers()) {
            ofTransfer(one.transfer(), one.story(), stories).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> ofInvite(Leg leg, Case stories) {
        var replaces =
                leg.invite().message().flatMap(invite -> invite.first(Replaces.KIND).optional());
        var held = replaces.flatMap(stories::dialog);
        var answer = leg.invite().finalAnswerAnywhere();
        if (held.isEmpty() || answer.isEmpty()) return Optional.empty();
        var sent = leg.invite().first();
        var receiver = leg.invite().lastHop().server();
        var started = Consultation.isCaller(held.get().dialog(), receiver).orElse(true);
        var why = why(held.get(), replaces.get(), started, sent, answer.get().code());
        return why.map(one -> {
            var draft =
                    leg.story()
                            .finding(this, says(one, answer.get().code()))
                            .certainty(PROVEN)
                            .proof(leg.invite().request().stream().toList())
                            .proof(answer.map(Answer::first).stream().toList())
                            .value("call", held.get().story().callId());
            return blamed(draft, one, held.get(), sent).finding();
        });
    }

    /// The call to the target is not here, only what NOTIFY says of it.
    private Optional<Finding> ofTransfer(Transfer transfer, Story story, Case stories) {
        var consultation = Consultation.of(transfer, stories);
        if (consultation.isEmpty() || !stories.referred(transfer).isEmpty())
            return Optional.empty();
        var held = consultation.get().held();
        var code = transfer.outcome().map(one -> one.code()).orElse(0);
        var replaces = Consultation.replaces(transfer).orElseThrow();
        var sent = transfer.refer().first();
        var why = why(held, replaces, !consultation.get().isCaller(), sent, code);
        return why.map(one -> {
            var draft =
                    transfer.finding(this, story, says(one, code))
                            .certainty(LIKELY)
                            .proof(transfer.refer().request().stream().toList())
                            .proof(
                                    transfer.outcome().stream()
                                            .flatMap(n -> n.transaction().request().stream())
                                            .toList())
                            .value("call", held.story().callId());
            return blamed(draft, one, held, sent).finding();
        });
    }

    private static Finding.Draft blamed(Finding.Draft draft, Why why, DialogIn held, Instant sent) {
        var race =
                why == Why.ENDED
                        && ended(held).filter(at -> at.plus(RACE).isAfter(sent)).isPresent();
        return race ? draft.severity(Severity.LOW).blames(NOBODY) : draft.blames(TRANSFEROR);
    }

    private static String says(Why why, int code) {
        return "the call that Replaces names %s; the INVITE was answered with %d"
                .formatted(why.words, code);
    }

    private static Optional<Why> why(
            DialogIn held, Replaces replaces, boolean startedByTarget, Instant sent, int code) {
        var over = ended(held).filter(at -> !at.isAfter(sent)).isPresent();
        if (over) return code == 481 || code == 603 ? Optional.of(Why.ENDED) : Optional.empty();
        if (code == 481 && !startedByTarget && !isAnsweredBy(held.dialog(), sent))
            return Optional.of(Why.EARLY);
        return code == 486 && replaces.earlyOnly() && isAnsweredBy(held.dialog(), sent)
                ? Optional.of(Why.ANSWERED)
                : Optional.empty();
    }

    private static boolean isAnsweredBy(Dialog dialog, Instant at) {
        return dialog.answered().filter(one -> !one.first().at().isAfter(at)).isPresent();
    }

    /// When a BYE, a CANCEL or a refusal ended it.
    private static Optional<Instant> ended(DialogIn held) {
        var bye = held.dialog().byes().stream().map(Transaction::first).findFirst();
        var invite = held.dialog().invite();
        var refused =
                invite.flatMap(Transaction::finalAnswer)
                        .filter(one -> one.code() >= 300)
                        .map(one -> one.first().at());
        return bye.or(() -> refused);
    }
}
