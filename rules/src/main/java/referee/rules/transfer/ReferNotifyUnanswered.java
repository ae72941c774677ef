// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.evidence.Endpoint;
import referee.sip.Contact;
import referee.sip.HeaderName;
import referee.sip.SipUri;

/// NOTIFY is sent to the transferor and never answered (RFC 6665 §4.2.2).
public final class ReferNotifyUnanswered implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-notify-unanswered";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (story.isOneSided()) return List.of();
        var unanswered =
                transfer.notifies().stream()
                        .filter(notify -> isUnanswered(notify, story))
                        .filter(notify -> FinalNotifyByeRace.bye(transfer, notify).isEmpty())
                        .toList();
        if (unanswered.isEmpty()) return List.of();

        var first = unanswered.getFirst().transaction();
        var hop = first.lastHop();
        var says =
                "NOTIFY was sent %s to %s and never answered"
                        .formatted(hop.timesSent(), hop.server());
        var draft =
                transfer.finding(this, story, says)
                        .certainty(hop.silence())
                        .value("sent", hop.server());
        for (var notify : unanswered) draft.proof(notify.transaction().lastHop().requests());
        contact(transfer).ifPresent(contact -> draft.value("contact", contact));
        return ignoresRoute(transfer, unanswered.getFirst()) || isAstray(transfer, hop)
                ? draft.blames(TRANSFEREE, first.client()).list()
                : draft.blames(TRANSFEROR, transfer.transferor()).blames(NETWORK).list();
    }

    private static boolean isUnanswered(Notify notify, Story story) {
        var request = notify.transaction();
        var hop = request.lastHop();
        if (hop.requests().isEmpty() || request.finalAnswerAnywhere().isPresent()) return false;
        return story.watchedFor(
                request.patience(story.timers()),
                hop.requests().getFirst().at(),
                hop.client(),
                hop.server());
    }

    /// The request that opened the dialog came with a Record-Route, and the NOTIFY has no Route
    /// (RFC 3261 §12.1.1, §12.2.1.1).
    private static boolean ignoresRoute(Transfer transfer, Notify notify) {
        var opening =
                transfer.refer().isInDialog()
                        ? transfer.dialog().flatMap(dialog -> dialog.invite())
                        : Optional.of(transfer.refer());
        var recorded =
                opening.filter(request ->
                        request.lastHop().requests().stream()
                                .anyMatch(one -> one.message().has(HeaderName.RECORD_ROUTE)));
        var routed =
                notify.transaction().message().filter(message -> message.has(HeaderName.ROUTE));
        return recorded.isPresent() && routed.isEmpty();
    }

    /// Whether it went neither to the Contact of the REFER, an address in numbers, nor back where
    /// the REFER came from.
    private static boolean isAstray(Transfer transfer, Hop hop) {
        if (transfer.refer().hops().size() > 1 || hop.server().equals(transfer.transferor()))
            return false;
        return transfer.refer()
                .message()
                .flatMap(message -> message.first(Contact.KIND).optional())
                .flatMap(Contact::address)
                .filter(address -> address.uri() instanceof SipUri)
                .map(address -> (SipUri) address.uri())
                .filter(uri -> uri.host().text().matches("[0-9.]+"))
                .filter(uri -> !hop.server().equals(endpoint(uri)))
                .isPresent();
    }

    private static Endpoint endpoint(SipUri uri) {
        return new Endpoint(uri.host().text(), uri.port() > 0 ? uri.port() : 5060);
    }

    private static Optional<String> contact(Transfer transfer) {
        return transfer.refer()
                .message()
                .flatMap(message -> message.raw(HeaderName.CONTACT))
                .map(Object::toString);
    }
}
