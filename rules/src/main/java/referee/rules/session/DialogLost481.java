// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Certainty;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.reference.Code;
import referee.reference.Codes;
import referee.sip.Contact;
import referee.sip.Methods;
import referee.sip.StartLine;

/// 481 to a request within a call: one side no longer knows the dialog (RFC 3261 §12.2.2).
public final class DialogLost481 implements Rule.OnDialog {
    /// In others 481 is about a subscription, or about what is already over.
    private static final Set<String> OF_THE_CALL =
            Set.of(Methods.BYE, Methods.INVITE, Methods.UPDATE, Methods.INFO, Methods.MESSAGE);

    /// Copies of a 2xx that show that no ACK came: two may be lost packets.
    private static final int UNACKNOWLEDGED = 3;

    /// In which a BYE is repeated four times, and seven times.
    private static final Duration SHORT = Duration.ofSeconds(8);

    private static final Duration LONG = Duration.ofSeconds(20);

    @Override
    public String id() {
        return "dialog-lost-481";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Dialog dialog, Story story) {
        var refused =
                dialog.requests().stream()
                        .filter(one -> one.code() == 481 && OF_THE_CALL.contains(one.method()))
                        .filter(one -> one.request().isPresent())
                        .findFirst();
        if (refused.isEmpty() || isOver(refused.get(), dialog) || isBegunAfterBye(story))
            return List.of();
        if (dialog.invite().isEmpty()) return unknown(refused.get(), dialog, story);
        return dialog.isConfirmed()
                        && !isUnacknowledged(dialog)
                        && !isMisaddressed(refused.get(), dialog)
                ? List.of(lost(refused.get(), dialog, story))
                : List.of();
    }

    /// Whether anybody had hung up by the time of the 481: then it is what is due. Whether the
    /// answer to a BYE is seen and the BYE itself is not: the call may have been over.
    private static boolean isBegunAfterBye(Story story) {
        return story.transactions().stream()
                .anyMatch(one -> one.is(Methods.BYE) && one.request().isEmpty());
    }

    private static boolean isOver(Transaction refused, Dialog dialog) {
        var at = refused.finalAnswer().orElseThrow().first().at();
        return dialog.byes().stream()
                .filter(bye -> !bye.equals(refused))
                .anyMatch(bye -> bye.first().isBefore(at) || isLate(bye, refused));
    }

    /// A BYE of the side that refuses may have been overtaken by its 481, or its first copies lost.
    private static boolean isLate(Transaction bye, Transaction refused) {
        return !bye.fromTag().same(refused.fromTag());
    }

    /// The caller never took the 2xx, and so has no call: see ack-lost and cancel-crosses-200.
    private static boolean isUnacknowledged(Dialog dialog) {
        return dialog.invite().orElseThrow().acks().isEmpty()
                && dialog.answered().orElseThrow().copies().size() >= UNACKNOWLEDGED;
    }

    /// A request to the number that was dialled, and not to the Contact of the 2xx, reaches an
    /// element that has no such dialog: see ack-misaddressed.
    private static boolean isMisaddressed(Transaction refused, Dialog dialog) {
        var dialled = uri(dialog.invite().orElseThrow());
        var contact =
                dialog.answered().orElseThrow().first().message().values(Contact.KIND).stream()
                        .flatMap(one -> one.address().stream())
                        .map(address -> address.uri().text().text())
                        .findFirst();
        return uri(refused).equals(dialled) && contact.filter(dialled::equals).isEmpty();
    }

    private static String uri(Transaction request) {
        return request.message()
                .filter(message -> message.start() instanceof StartLine.Request)
                .map(message -> ((StartLine.Request) message.start()).uri().text())
                .orElse("");
    }

    private Finding lost(Transaction refused, Dialog dialog, Story story) {
        var acked = !dialog.invite().orElseThrow().acks().isEmpty();
        var says =
                "%s of a call that stands was refused with 481%s"
                        .formatted(
                                refused.method(),
                                acked ? "" : "; no ACK to the call's 2xx was seen");
        return draft(says, refused, story)
                .certainty(certainty(refused, story))
                .proof(dialog.answered().orElseThrow().first())
                .blames(SERVER, refused.lastHop().server())
                .finding();
    }

    /// How sure it is that the side that refuses has sent no BYE: it would have repeated one that
    /// was lost.
    private static Certainty certainty(Transaction refused, Story story) {
        var since = refused.finalAnswer().orElseThrow().first().at();
        var hop = refused.lastHop();
        if (story.watchedFor(LONG, since, hop.client(), hop.server())) return PROVEN;
        return story.watchedFor(SHORT, since, hop.client(), hop.server()) ? LIKELY : POSSIBLE;
    }

    /// The dialog is none that was seen to begin: either it began before the evidence, or the tags
    /// are wrong.
    private List<Finding> unknown(Transaction refused, Dialog dialog, Story story) {
        var real = standing(dialog, story);
        if (real.isEmpty()) {
            if (!story.startsMidway()) return List.of();
            var says = "%s was refused with 481".formatted(refused.method());
            return draft(says, refused, story)
                    .certainty(refused.is(Methods.BYE) ? POSSIBLE : LIKELY)
                    .blames(SERVER, refused.lastHop().server())
                    .list();
        }
        if (isEnded(real.get(), refused) || story.isOneSided()) return List.of();
        var says =
                "%s carries tags of no dialog of this call and was refused with 481"
                        .formatted(refused.method());
        return draft(says, refused, story)
                .proof(real.get().answered().orElseThrow().first())
                .blames(CLIENT, refused.client())
                .value("tags", real.get().callerTag() + " and " + real.get().calleeTag())
                .list();
    }

    private static Optional<Dialog> standing(Dialog dialog, Story story) {
        return story.dialogs().stream()
                .filter(one -> !one.equals(dialog) && one.isConfirmed())
                .findFirst();
    }

    private static boolean isEnded(Dialog dialog, Transaction refused) {
        return dialog.byes().stream().anyMatch(bye -> bye.first().isBefore(refused.first()));
    }

    private Finding.Draft draft(String says, Transaction refused, Story story) {
        var effect = Codes.of(481).map(Code::effect).orElseThrow();
        return story.finding(this, says)
                .proof(refused.request().stream().toList())
                .proof(refused.finalAnswer().orElseThrow().first())
                .value("method", refused.method())
                .value("effect", effect.does());
    }
}
