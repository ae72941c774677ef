// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Endpoint;
import referee.sip.HeaderName;
import referee.sip.Methods;

/// The 2xx to an INVITE is repeated because its ACK does not arrive (RFC 3261 §13.3.1.4).
public final class AckLost implements Rule.OnTransaction {
    /// Copies of the 2xx before anything is said: two may be lost packets.
    private static final int ENOUGH = 3;

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
        var hop = transaction.lastHop();
        var repeated =
                hop.answers().stream()
                        .filter(answer -> answer.isSuccess() && answer.copies().size() >= ENOUGH)
                        .findFirst();
        if (repeated.isEmpty() || story.isOneSided()) return List.of();
        var acks = transaction.acks();
        return acks.isEmpty()
                ? unsent(repeated.get(), hop, transaction, story)
                : lost(repeated.get(), hop, transaction, story);
    }

    private List<Finding> unsent(Answer answer, Hop hop, Transaction invite, Story story) {
        var first = answer.first().at();
        if (!story.watchedFor(SOON, first, hop.client(), hop.server())) return List.of();
        var patience = invite.patience(story.timers());
        var whole = story.watchedFor(patience, first, hop.client(), hop.server());
        var deaf = invite.firstHop().requests().stream().anyMatch(copy -> copy.at().isAfter(first));
        var says =
                deaf
                        ? "%d was sent %d times and the caller kept repeating its INVITE: the answer does not reach it"
                        : "%d was sent %d times and no ACK was seen";
        var draft = draft(says.formatted(answer.code(), answer.copies().size()), answer, story);
        if (!whole) draft.certainty(LIKELY);
        return deaf
                ? draft.blames(NETWORK).list()
                : draft.blames(CLIENT, invite.client()).blames(NETWORK).list();
    }

    private List<Finding> lost(Answer answer, Hop hop, Transaction invite, Story story) {
        var acks = invite.acks();
        var first = acks.getFirst();
        var after = answer.copies().stream().filter(copy -> copy.at().isAfter(first.at())).count();
        if (after < ENOUGH) return List.of();
        var last = acks.getLast();
        var says =
                "ACK was sent as far as %s, and the %d was still repeated %d times"
                        .formatted(last.to(), answer.code(), after);
        var draft = draft(says, answer, story).proof(first).certainty(LIKELY);
        if (last.to().equals(hop.server())) return draft.blames(NETWORK).list();
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
