// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import referee.sip.ReferTo;
import referee.sip.SipMessage;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Job;
import referee.stack.Notice;
import referee.stack.Output;
import referee.stack.Reply;
import referee.stack.Transferring;
import referee.stack.UserAgent;

/// Sends a REFER that came in one call on in the other that it is joined to, and its answer back.
final class PassesOn implements Mischief {
    private static final int MOST_TRANSFERS = 10_000;

    private final Dialled dialled;

    /// The REFER that was sent on → the one that came.
    private final Map<Job, Job> passed = new LinkedHashMap<>();

    PassesOn(Dialled dialled) {
        this.dialled = dialled;
    }

    @Override
    public boolean inside(Turn turn, Practice practice) {
        if (!turn.method().equals("REFER")) return false;
        var partner = turn.call().flatMap(practice::partner);
        var target = turn.request().first(ReferTo.KIND).optional();
        if (partner.isEmpty() || target.isEmpty()) return false;
        if (passed.size() >= MOST_TRANSFERS) passed.clear();
        var uri = device(target.get(), turn, practice);
        passed.put(turn.transfer(partner.get(), Transferring.to(uri)), turn.job());
        return true;
    }

    /// Refer-To as it came; where it names one of the transferor's calls with us by Replaces, that
    /// with the device which is called there: the host is translated, and Replaces is not.
    private String device(ReferTo to, Turn turn, Practice practice) {
        var uri = to.target().uri().text().text();
        return to.replaces()
                .optional()
                .flatMap(replaces -> dialled.in(replaces.callId()))
                .flatMap(user -> practice.binding(user, turn.at()))
                .map(binding -> binding.uri() + uri.substring(uri.indexOf('?')))
                .orElse(uri);
    }

    @Override
    public void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
        var came = passed.get(event.job());
        if (came == null) return;
        switch (event) {
            case Event.ReferAccepted _ -> out.addAll(agent.reply(at, came, Reply.of(202)));
            case Event.Notified(_, var notify, _) ->
                    out.addAll(agent.notify(at, came, again(notify)));
            case Event.Failed(_, Failure.Rejected(var response)) ->
                    out.addAll(agent.reply(at, came, Reply.of(response.code())));
            case Event.Failed _ -> out.addAll(agent.reply(at, came, Reply.of(408)));
            default -> {}
        }
    }

    private static Notice again(SipMessage notify) {
        var state = notify.raw("Subscription-State").map(Object::toString).orElse("active");
        return Notice.of(state).body("message/sipfrag;version=2.0", notify.body().text());
    }
}
