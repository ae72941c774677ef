// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.sip.CSeq;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.MinSE;
import referee.sip.OptionTag;
import referee.sip.SessionExpires;
import referee.sip.SipMessage;
import referee.sip.Via;

/// Takes in what arrives, and finds whom it is for (RFC 3261 §8.2, §12.2.2 and §18.1.2).
final class Incoming {
    private static final Set<String> UNDERSTOOD =
            Set.of("100rel", "timer", "replaces", "norefersub", "nosub", "tdialog");

    private final Floor floor;

    Incoming(Floor floor) {
        this.floor = floor;
    }

    void receive(Received received) {
        if (received.message().isRequest()) request(received);
        else response(received);
    }

    private void response(Received received) {
        var response = received.message();
        floor.transactions()
                .clientOf(response)
                .ifPresentOrElse(
                        client -> client.response(received.at(), response, received.flow()),
                        () -> unmatched(received, "a response to no request of ours"));
    }

    private void unmatched(Received received, String why) {
        floor.desk().tell(new Event.Unmatched(received.message(), received.flow(), why));
    }

    private void request(Received received) {
        var request = received.message();
        var at = received.at();
        var known = floor.transactions().serverOf(request);
        var isAck = request.method().equals(Methods.ACK);
        if (known.isPresent() && isAck) known.get().acknowledged(at);
        if (known.isPresent() && !isAck) known.get().again(at);
        if (isAck) {
            ack(received, known.isPresent());
            return;
        }
        if (known.isPresent()) return;
        if (!request.first(Via.KIND).isPresent()) {
            unmatched(received, "a request without a readable Via");
            return;
        }
        var merged = floor.transactions().isMerged(request);
        floor.transactions()
                .receive(received)
                .ifPresentOrElse(
                        made -> begin(received, made, merged),
                        () -> unmatched(received, "more requests than can be held"));
    }

    private void ack(Received received, boolean known) {
        var call = floor.dialogOf(received.message()).flatMap(Dialog::call);
        if (call.isPresent()) call.get().acknowledged(received.at(), received.message());
        else if (!known) unmatched(received, "an ACK to no response of ours");
    }

    private void begin(Received received, ServerTransaction made, boolean merged) {
        var request = received.message();
        if (request.method().equals(Methods.CANCEL)) {
            cancel(received, made);
            return;
        }
        var refusal = merged ? Optional.of(Reply.of(482)) : refusal(request);
        if (refusal.isPresent()) refuse(received, made, refusal.get());
        else if (Copies.toTag(request).isEmpty()) outside(received, made);
        else inside(received, made);
    }

    private void answer(Received received, ServerTransaction made, Reply reply) {
        made.reply(received.at(), Answers.complete(floor, made, reply, List.of()));
    }

    private void refuse(Received received, ServerTransaction made, Reply reply) {
        answer(received, made, reply);
        unmatched(received, "answered " + reply.code());
    }

    private void cancel(Received received, ServerTransaction made) {
        var invite = floor.transactions().cancelled(received.message());
        answer(received, made, Reply.of(invite.isPresent() ? 200 : 481));
        if (invite.isEmpty() || invite.get().isFinal()) return;
        for (var usage : floor.usages()) {
            if (!(usage instanceof Call call)) continue;
            var mine = call.incoming().filter(one -> one.isFor(invite.get()));
            if (mine.isEmpty()) continue;
            mine.get().terminated(received.at());
            call.end(received.at(), Ending.CANCELLED_BY_PEER);
        }
    }

    /// What is wrong with a request before anybody looks at what it is for.
    private static Optional<Reply> refusal(SipMessage request) {
        var cseq = request.first(CSeq.KIND).optional();
        if (cseq.isEmpty()
                || !cseq.get().method().equals(request.method())
                || Copies.callId(request).isEmpty()
                || Copies.fromTag(request).isEmpty()
                || !request.has(HeaderName.TO)) return Optional.of(Reply.of(400));
        var missing = new ArrayList<String>();
        for (var tag : request.values(OptionTag.REQUIRE)) {
            if (UNDERSTOOD.stream().noneMatch(tag::is)) missing.add(tag.name());
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(Reply.of(420).with("Unsupported", String.join(", ", missing)));
    }

    private void outside(Received received, ServerTransaction made) {
        var method = received.message().method();
        if (floor.desk().setup.serves().contains(method)) {
            serve(received, made);
            return;
        }
        switch (method) {
            case Methods.OPTIONS -> options(received, made);
            case Methods.BYE, Methods.PRACK, Methods.UPDATE, Methods.NOTIFY ->
                    refuse(received, made, Reply.of(481));
            default -> refuse(received, made, Reply.of(405));
        }
    }

    private void serve(Received received, ServerTransaction made) {
        switch (received.message().method()) {
            case Methods.INVITE -> invite(received, made);
            case Methods.REFER -> refer(received, made);
            case Methods.SUBSCRIBE -> subscribe(received, made);
            default -> ask(received, made);
        }
    }

    private void options(Received received, ServerTransaction made) {
        made.reply(
                received.at(),
                Answers.complete(
                        floor,
                        made,
                        Reply.of(200).with("Accept", "application/sdp, message/sipfrag"),
                        Answers.abilities(floor)));
    }

    private void ask(Received received, ServerTransaction made) {
        var question = floor.open(new Question(floor, floor.desk().newJob(), made));
        floor.desk().tell(new Event.Asked(question.job(), received.message(), received.flow()));
    }

    private Optional<Dialog> dialog(Received received, ServerTransaction made) {
        var first = 1L + floor.desk().tokens.below(1 << 20);
        var dialog =
                Dialog.ofServer(received.message(), made.tag(), new CSeqs(first), received.flow());
        if (floor.add(dialog)) return Optional.of(dialog);
        refuse(received, made, Reply.of(503));
        return Optional.empty();
    }

    private void invite(Received received, ServerTransaction made) {
        var request = received.message();
        if (isTooShort(request)) {
            var least = floor.desk().setup.shortestSession().toSeconds();
            refuse(received, made, Reply.of(422).with("Min-SE", least));
            return;
        }
        switch (Transfers.match(floor, request)) {
            case Transfers.Match.None _ -> invite(received, made, Optional.empty());
            case Transfers.Match.Call(var call) -> invite(received, made, Optional.of(call));
            case Transfers.Match.Refused(var code) -> refuse(received, made, Reply.of(code));
        }
    }

    /// Only who knows the extension understands 422 (RFC 4028 §9).
    private boolean isTooShort(SipMessage request) {
        var asked = request.first(SessionExpires.KIND).optional();
        var least = floor.desk().setup.shortestSession().toSeconds();
        return asked.isPresent()
                && asked.get().seconds() < least
                && Options.lists(request, OptionTag.SUPPORTED, "timer")
                && request.first(MinSE.KIND)
                        .optional()
                        .filter(min -> min.seconds() >= least)
                        .isEmpty();
    }

    private void invite(Received received, ServerTransaction made, Optional<Call> replaced) {
        var dialog = dialog(received, made);
        if (dialog.isEmpty()) return;
        var call = floor.open(Call.incoming(floor, floor.desk().newJob()));
        call.join(dialog.get());
        call.receive(received.at(), made, dialog.get());
        replaced.ifPresent(other -> call.incoming().orElseThrow().replaces(other));
        floor.desk()
                .tell(
                        new Event.Invited(
                                call.job(),
                                received.message(),
                                received.flow(),
                                replaced.map(Call::job)));
    }

    private void refer(Received received, ServerTransaction made) {
        var targets = Copies.lines(received.message(), HeaderName.REFER_TO);
        if (targets.size() != 1) {
            refuse(received, made, Reply.of(400));
            return;
        }
        var dialog = floor.dialogOf(received.message()).or(() -> dialog(received, made));
        if (dialog.isEmpty()) return;
        var notifier = floor.open(new Notifier(floor, floor.desk().newJob(), made, dialog.get()));
        floor.desk()
                .tell(
                        new Event.Referred(
                                notifier.job(),
                                received.message(),
                                received.flow(),
                                dialog.get().call().map(Call::job)));
    }

    private void subscribe(Received received, ServerTransaction made) {
        var event = received.message().first(referee.sip.Event.KIND).optional();
        if (event.isEmpty() || !floor.desk().setup.events().contains(event.get().name())) {
            refuse(received, made, Reply.of(489));
            return;
        }
        var dialog = dialog(received, made);
        if (dialog.isEmpty()) return;
        var notifier = floor.open(new Notifier(floor, floor.desk().newJob(), made, dialog.get()));
        floor.desk().tell(new Event.Asked(notifier.job(), received.message(), received.flow()));
    }

    private void inside(Received received, ServerTransaction made) {
        var request = received.message();
        var dialog = floor.dialogOf(request);
        if (dialog.isPresent()) inside(received, made, dialog.get());
        else if (request.method().equals(Methods.NOTIFY)) adopt(received, made);
        else refuse(received, made, Reply.of(481));
    }

    private void inside(Received received, ServerTransaction made, Dialog dialog) {
        var request = received.message();
        if (dialog.isOutOfOrder(request)) {
            refuse(received, made, Reply.of(500));
            return;
        }
        dialog.cameOver(received.flow());
        switch (request.method()) {
            case Methods.NOTIFY -> notified(received, made, dialog);
            case Methods.REFER -> {
                if (floor.desk().setup.serves().contains(Methods.REFER)) refer(received, made);
                else refuse(received, made, Reply.of(603));
            }
            case Methods.SUBSCRIBE -> refresh(received, made, dialog);
            default -> {
                if (refreshes(request)) dialog.refreshTarget(request);
                if (dialog.call().isPresent()) dialog.call().get().request(received.at(), made);
                else refuse(received, made, Reply.of(481));
            }
        }
    }

    private static boolean refreshes(SipMessage request) {
        return request.method().equals(Methods.INVITE) || request.method().equals(Methods.UPDATE);
    }

    private void refresh(Received received, ServerTransaction made, Dialog dialog) {
        var notifier =
                dialog.notifiers().stream()
                        .filter(one -> one.isFor(received.message()))
                        .findFirst();
        if (notifier.isPresent()) notifier.get().refreshed(received.at(), made);
        else refuse(received, made, Reply.of(481));
    }

    /// The subscription that the NOTIFY names by its id, or else the one that is open, or else the
    /// last.
    private void notified(Received received, ServerTransaction made, Dialog dialog) {
        var notify = received.message();
        var fitting = dialog.subscriptions().stream().filter(one -> one.matches(notify)).toList();
        var chosen =
                fitting.stream()
                        .filter(one -> one.isNamedBy(notify))
                        .findFirst()
                        .or(() -> fitting.stream().filter(one -> !one.isOver()).findFirst())
                        .or(() -> fitting.stream().reduce((_, later) -> later));
        if (chosen.isPresent()) chosen.get().notified(received.at(), made);
        else refuse(received, made, Reply.of(isKnown(notify) ? 481 : 489));
    }

    private static boolean isKnown(SipMessage notify) {
        return notify.first(referee.sip.Event.KIND)
                .optional()
                .filter(referee.sip.Event::isRefer)
                .isPresent();
    }

    private void adopt(Received received, ServerTransaction made) {
        var waiting = floor.expectant(received.message());
        var fits = waiting.filter(one -> one.dialog().isEmpty() && one.matches(received.message()));
        if (fits.isEmpty()) {
            refuse(received, made, Reply.of(481));
            return;
        }
        fits.get().adopt(made);
        fits.get().notified(received.at(), made);
    }
}
