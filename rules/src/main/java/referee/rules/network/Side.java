// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import referee.diagnosis.Dialog;
import referee.diagnosis.Hop;
import referee.diagnosis.Transaction;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.Via;

/// One side of a dialog: what it sent itself, and what the other side told it.
///
/// @param invite the INVITE that opened the dialog
/// @param at its address, as it was seen next to it
record Side(Dialog dialog, Transaction invite, boolean isCaller, Endpoint at) {

    /// Both sides of a confirmed dialog; none where its INVITE was not seen.
    static List<Side> of(Dialog dialog) {
        if (dialog.invite().isEmpty() || !dialog.isConfirmed()) return List.of();
        var invite = dialog.invite().get();
        return List.of(
                new Side(dialog, invite, true, invite.firstHop().client()),
                new Side(dialog, invite, false, invite.lastHop().server()));
    }

    Slice tag() {
        return isCaller ? dialog.callerTag() : dialog.calleeTag();
    }

    private Slice otherTag() {
        return isCaller ? dialog.calleeTag() : dialog.callerTag();
    }

    /// What it sent within the dialog, ACK to 2xx included: with one Via, so that no proxy has
    /// touched it. Retransmissions are left out.
    List<Sent> requests() {
        var sent = new ArrayList<Sent>(2);
        if (isCaller) acks(invite).forEach(sent::add);
        for (var one : dialog.requests()) {
            if (!Dialog.isFrom(tag(), one)) continue;
            for (var hop : one.hops()) {
                if (hop.depth() == 1 && hop.client().host().equals(at.host())) {
                    hop.requests().stream().limit(1).forEach(s -> sent.add(new Sent(s, one)));
                }
            }
            if (one.is(Methods.INVITE)) acks(one).forEach(sent::add);
        }
        return sent;
    }

    private Stream<Sent> acks(Transaction of) {
        return of.acks().stream()
                .filter(ack -> ack.from().host().equals(at.host()))
                .filter(ack -> Sent.toTag(ack).same(otherTag()))
                .filter(ack -> ack.message().all(Via.KIND).size() == 1)
                .limit(1)
                .map(ack -> new Sent(ack, of));
    }

    /// The messages in which the other side may have said where it is to be reached, on whatever
    /// hop.
    List<Sighting> told() {
        var told = new ArrayList<Sighting>(4);
        if (isCaller) answers(invite).forEach(told::add);
        else requests(invite).forEach(told::add);
        for (var one : dialog.requests()) {
            if (Dialog.isFrom(tag(), one)) answers(one).forEach(told::add);
            else requests(one).forEach(told::add);
        }
        return told;
    }

    /// The 2xx of this INVITE from the other side, on whatever hop. Their Contact takes the place
    /// of every one before (RFC 3261 §12.2.1.2, §13.2.2.4).
    List<Sighting> accepting(Transaction request) {
        return answers(request).filter(seen -> seen.message().code() >= 200).toList();
    }

    private Stream<Sighting> answers(Transaction of) {
        return of.hops().stream()
                .flatMap(hop -> hop.answers().stream())
                .filter(answer -> answer.code() > 100 && answer.code() < 300)
                .filter(answer -> answer.toTag().same(otherTag()))
                .map(answer -> answer.first());
    }

    private static Stream<Sighting> requests(Transaction of) {
        return of.hops().stream().map(Hop::requests).flatMap(all -> all.stream().limit(1));
    }

    /// The message that gave it its route set: the 2xx, or the INVITE as it came in.
    Stream<SipMessage> opening() {
        return isCaller
                ? dialog.answered().stream().map(answer -> answer.first().message())
                : invite.lastHop().requests().stream().limit(1).map(Sighting::message);
    }
}
