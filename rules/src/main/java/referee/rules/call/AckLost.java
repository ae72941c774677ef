// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Certainty;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.CSeq;
import referee.sip.Contact;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipUri;
import referee.sip.To;

/// The 2xx to an INVITE is repeated because its ACK does not arrive (RFC 3261 §13.3.1.4).
public final class AckLost implements Rule.OnTransaction {
    /// Copies of the 2xx before anything is said: two may be lost packets.
    private static final int ENOUGH = 3;

    /// Copies of the 2xx that a run of lost packets hardly explains: 11.5 s.
    private static final int MANY = 6;

    private static final Duration SOON = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "ack-lost";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.INVITE)) return List.of();
        if (story.isOneSided() || story.misnumberedAck(transaction).isPresent()) return List.of();
        if (transaction.acks().isEmpty() && isCancelled(transaction, story)) return List.of();
        for (var hop : transaction.hops().reversed()) {
            var repeated = repeated(hop);
            if (repeated.isEmpty()) continue;
            return acks(repeated.get(), transaction).isEmpty()
                    ? unsent(repeated.get(), hop, transaction, story)
                    : lost(repeated.get(), hop, transaction, story);
        }
        return told(transaction, story);
    }

    private static Optional<Answer> repeated(Hop hop) {
        return hop.answers().stream()
                .filter(answer -> answer.isSuccess() && answer.copies().size() >= ENOUGH)
                .findFirst();
    }

    /// The ACKs to this 2xx: those to another branch of a fork have another To tag.
    private static List<Sighting> acks(Answer answer, Transaction invite) {
        return acks(answer, invite.acks());
    }

    private static List<Sighting> acks(Answer answer, List<Sighting> all) {
        return all.stream()
                .filter(ack ->
                        ack.message()
                                .first(To.KIND)
                                .optional()
                                .flatMap(to -> to.address().tag())
                                .map(tag -> answer.toTag().is(tag))
                                .orElse(true))
                .toList();
    }

    /// The called side hangs up and says itself that no ACK came.
    private List<Finding> told(Transaction invite, Story story) {
        for (var dialog : story.dialogs()) {
            var answer = dialog.answered();
            var ours = dialog.invite().filter(invite::equals).isPresent();
            if (!ours || answer.isEmpty() || !acks(answer.get(), invite).isEmpty()) continue;
            for (var bye : dialog.byes()) {
                var reason = bye.message().flatMap(message -> message.raw(HeaderName.REASON));
                if (!Dialog.isFrom(dialog.calleeTag(), bye) || reason.isEmpty()) continue;
                if (!namesAck(reason.get().text())) continue;
                var says =
                        "no ACK to the %d was seen, and the called side hung up with Reason: %s"
                                .formatted(answer.get().code(), reason.get());
                return draft(says, answer.get(), story)
                        .proof(bye.request().stream().toList())
                        .blames(CLIENT, invite.client())
                        .blames(NETWORK)
                        .certainty(LIKELY)
                        .list();
            }
        }
        return List.of();
    }

    private static boolean namesAck(String reason) {
        for (var word : reason.split("[^A-Za-z]+", -1)) {
            if (word.equalsIgnoreCase(Methods.ACK)) return true;
        }
        return false;
    }

    /// An ACK of the caller that fits no INVITE, by its CSeq number, or no answer, by its To tag.
    private static Optional<Sighting> misfit(Answer answer, Transaction invite, Story story) {
        return story.sightings()
                .filter(s -> s.message().isRequest() && s.message().method().equals(Methods.ACK))
                .filter(s -> s.from().host().equals(invite.client().host()))
                .filter(s -> s.at().isAfter(answer.first().at()))
                .filter(s -> fitsNothing(s, invite, story))
                .findFirst();
    }

    private static boolean fitsNothing(Sighting ack, Transaction invite, Story story) {
        var cseq = ack.message().first(CSeq.KIND).optional();
        if (cseq.isEmpty()) return false;
        var number = cseq.get().number();
        if (story.transactions(Methods.INVITE).stream().noneMatch(one -> one.cseq() == number))
            return true;
        return number == invite.cseq()
                && invite.hops().stream()
                        .flatMap(hop -> hop.answers().stream())
                        .noneMatch(answer -> acks(answer, List.of(ack)).contains(ack));
    }

    /// The caller wanted no answer any more: see cancel-crosses-200.
    private static boolean isCancelled(Transaction invite, Story story) {
        return story.cancelOf(invite)
                .filter(cancel -> cancel.firstHop().branch().same(invite.firstHop().branch()))
                .isPresent();
    }

    private List<Finding> unsent(Answer answer, Hop hop, Transaction invite, Story story) {
        var first = answer.first().at();
        if (!story.watchedFor(SOON, first, hop.client(), hop.server())) return List.of();
        var misfit = misfit(answer, invite, story);
        if (misfit.isPresent()) {
            var says =
                    "%d was sent %d times; the ACK of the caller has %s of its own and fits no answer"
                            .formatted(
                                    answer.code(),
                                    answer.copies().size(),
                                    isOtherNumber(misfit.get(), invite)
                                            ? "a CSeq number"
                                            : "a To tag");
            return draft(says, answer, story)
                    .proof(misfit.get())
                    .blames(CLIENT, invite.client())
                    .list();
        }
        var patience = invite.patience(story.timers());
        var whole = story.watchedFor(patience, first, hop.client(), hop.server());
        var deaf = invite.firstHop().requests().stream().anyMatch(copy -> copy.at().isAfter(first));
        var says =
                deaf
                        ? "%d was sent %d times and the caller kept repeating its INVITE: the answer does not reach it"
                        : "%d was sent %d times and no ACK was seen";
        var draft = draft(says.formatted(answer.code(), answer.copies().size()), answer, story);
        draft.certainty(certainty(answer.copies().size(), whole ? PROVEN : LIKELY));
        if (deaf) return draft.blames(NETWORK).list();
        return isElsewhere(answer, hop)
                ? draft.blames(SERVER, hop.server()).blames(NETWORK).certainty(LIKELY).list()
                : draft.blames(CLIENT, invite.client()).blames(NETWORK).list();
    }

    /// Whether the Contact of the 2xx sends the ACK to another host, where it is not seen.
    private static boolean isElsewhere(Answer answer, Hop hop) {
        var message = answer.first().message();
        return message.raw(HeaderName.RECORD_ROUTE).isEmpty()
                && message.first(Contact.KIND)
                        .optional()
                        .flatMap(Contact::address)
                        .filter(to -> to.uri() instanceof SipUri)
                        .map(to -> ((SipUri) to.uri()).host().text())
                        .filter(host ->
                                host.matches("[0-9.]+") && !host.equals(hop.server().host()))
                        .isPresent();
    }

    private static Certainty certainty(int copies, Certainty most) {
        return copies < MANY ? POSSIBLE : most;
    }

    private static boolean isOtherNumber(Sighting ack, Transaction invite) {
        return ack.message()
                .first(CSeq.KIND)
                .optional()
                .filter(cseq -> cseq.number() == invite.cseq())
                .isEmpty();
    }

    private List<Finding> lost(Answer answer, Hop hop, Transaction invite, Story story) {
        var acks = acks(answer, invite);
        var first = acks.getFirst();
        var after = answer.copies().stream().filter(copy -> copy.at().isAfter(first.at())).count();
        if (after < ENOUGH) return List.of();
        var last = acks.getLast();
        var says =
                "ACK was sent as far as %s, and the %d was still repeated %d times"
                        .formatted(last.to(), answer.code(), after);
        var draft = draft(says, answer, story).proof(first).certainty(LIKELY);
        if (last.to().equals(hop.server()))
            return draft.certainty(certainty((int) after + 1, LIKELY))
                    .blames(NETWORK)
                    .blames(SERVER, hop.server())
                    .list();
        return isOnTheWay(last.to(), invite)
                ? draft.blames(MIDDLEBOX, last.to()).list()
                : draft.blames(SERVER, hop.server()).blames(NETWORK).list();
    }

    /// Whether the INVITE went through this element; otherwise it is where the Contact of the 2xx
    /// points.
    private static boolean isOnTheWay(Endpoint element, Transaction invite) {
        return invite.hops().stream().anyMatch(hop -> hop.server().equals(element));
    }

    private Finding.Draft draft(String says, Answer answer, Story story) {
        var message = answer.first().message();
        var draft = story.finding(this, says).proof(answer.copies());
        message.raw(HeaderName.CONTACT).ifPresent(value -> draft.value("contact", value));
        message.raw(HeaderName.RECORD_ROUTE).ifPresent(value -> draft.value("route", value));
        return draft;
    }
}
