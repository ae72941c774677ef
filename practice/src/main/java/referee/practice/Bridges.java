// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.stack.Event;
import referee.stack.Failure;
import referee.stack.Job;
import referee.stack.Output;
import referee.stack.Reply;
import referee.stack.UserAgent;

/// Calls that are joined two by two, as a back-to-back user agent does (RFC 7092 §3.1.3): what one
/// phone describes is offered to the other, and when one side of a pair is transferred or replaced,
/// the side that stays is joined to the new one.
final class Bridges {
    private static final int MOST = 20_000;
    private static final String SDP = "application/sdp";
    private static final int GLARE = 491;
    private static final Duration FAREWELL = Duration.ofSeconds(5);
    private static final Duration AGAIN = Duration.ofSeconds(3);

    /// An offer that has been passed on.
    ///
    /// @param replaced whose place the asker takes once it is answered
    private record Question(Leg asker, Optional<Leg> replaced) {}

    /// A transfer that has been asked for: who stays, and whom they are to be joined to.
    private record Referral(Leg stays, Leg target) {}

    private final Schedule schedule;
    private final Map<Job, Leg> legs = new HashMap<>();

    /// Call that has been offered something → who waits for the answer.
    private final Map<Job, Question> questions = new HashMap<>();

    /// Call to the target of a transfer, and call that stays → their transfer.
    private final Map<Job, Referral> referrals = new HashMap<>();

    Bridges(Schedule schedule) {
        this.schedule = schedule;
    }

    boolean isFull() {
        return legs.size() >= MOST;
    }

    /// The pair that a REFER, or an INVITE with Replaces, is about.
    Optional<Leg> standing(Job call) {
        return Optional.ofNullable(legs.get(call))
                .filter(Leg::isStanding)
                .filter(leg -> leg.other().filter(Leg::isStanding).isPresent());
    }

    boolean has(Job call) {
        return legs.containsKey(call);
    }

    /// Joins a call that comes in to one that has been placed for it.
    void join(UserAgent agent, Job caller, SipMessage invite, Job callee, List<Output> out) {
        var asks = add(agent, caller, out);
        asks.hears(invite.body());
        var rings = add(agent, callee, out);
        rings.tells(invite.body());
        Leg.join(asks, rings);
    }

    private Leg add(UserAgent agent, Job job, List<Output> out) {
        var leg = new Leg(job);
        legs.put(job, leg);
        out.addAll(agent.relay(job));
        return leg;
    }

    /// A call has been placed to the target of a transfer.
    void refer(UserAgent agent, Leg stays, Job target, List<Output> out) {
        var leg = add(agent, target, out);
        leg.tells(stays.fresh());
        var referral = new Referral(stays, leg);
        referrals.put(target, referral);
        referrals.put(stays.job(), referral);
    }

    boolean isReferred(Leg stays) {
        return referrals.containsKey(stays.job());
    }

    /// An INVITE takes the place of one side of a pair: the other side is offered what it says.
    void replace(UserAgent agent, Instant at, Turn turn, Leg replaced, List<Output> out) {
        var stays = replaced.other().orElseThrow();
        var comes = add(agent, turn.job(), out);
        comes.hears(turn.request().body());
        var question = new Question(comes, Optional.of(replaced));
        if (turn.request().body().isEmpty()) {
            answer(agent, at, stays, question, stays.fresh(), out);
        } else if (questions.putIfAbsent(stays.job(), question) == null) {
            out.addAll(agent.offer(at, stays.job(), stays.tells(comes.heard()), false));
        } else {
            out.addAll(agent.reply(at, comes.job(), Reply.of(GLARE)));
        }
    }

    void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
        var leg = legs.get(event.job());
        if (leg == null) return;
        switch (event) {
            case Event.Progress(_, var response) -> ring(agent, at, leg, response, out);
            case Event.CallAnswered(_, var response) -> picked(agent, at, leg, response, out);
            case Event.CallConfirmed _ -> leg.stands();
            case Event.Offered(_, var request) -> offered(agent, at, leg, request, out);
            case Event.OfferAnswered(_, var response) ->
                    answered(agent, at, leg, response.body(), out);
            case Event.RefreshFailed(_, var why) -> refused(agent, at, leg, why, out);
            case Event.Described(_, var sdp) -> {
                leg.hears(sdp);
                leg.other().ifPresent(to -> tell(agent, at, to, leg, out));
            }
            case Event.Failed(_, var why) -> {
                leg.other().ifPresent(to -> out.addAll(agent.reply(at, to.job(), refusal(why))));
                over(agent, at, leg, out);
            }
            case Event.CallEnded _ -> over(agent, at, leg, out);
            default -> {}
        }
    }

    private static void ring(
            UserAgent agent, Instant at, Leg from, SipMessage response, List<Output> out) {
        if (response.code() == 100 || from.other().isEmpty()) return;
        var to = from.other().get();
        out.addAll(agent.reply(at, to.job(), said(response.code(), to.tells(response.body()))));
    }

    private static Reply said(int code, Slice sdp) {
        return sdp.isEmpty() ? Reply.of(code) : Reply.of(code).body(SDP, sdp.text());
    }

    private void picked(
            UserAgent agent, Instant at, Leg leg, SipMessage response, List<Output> out) {
        leg.stands();
        leg.hears(response.body());
        var referral = referrals.remove(leg.job());
        if (referral != null) {
            referrals.remove(referral.stays().job());
            referral.stays().other().ifPresent(from -> farewell(agent, at, from));
            Leg.join(referral.stays(), leg);
            tell(agent, at, referral.stays(), leg, out);
        } else if (leg.other().isPresent()) {
            var to = leg.other().get();
            out.addAll(agent.reply(at, to.job(), said(200, to.tells(response.body()))));
        }
    }

    /// The transferor is told, and hangs up; if it does not, we do (RFC 5589 §6.1 allows both).
    private void farewell(UserAgent agent, Instant at, Leg from) {
        schedule.add(
                at.plus(FAREWELL),
                (then, outputs) -> outputs.addAll(agent.hangUp(then, from.job())));
    }

    /// Offers one phone what the other has described, unless it knows.
    private static void tell(UserAgent agent, Instant at, Leg to, Leg from, List<Output> out) {
        if (to.isStanding() && !to.isTold(from.heard()))
            out.addAll(agent.offer(at, to.job(), to.tells(from.heard()), false));
    }

    private void offered(
            UserAgent agent, Instant at, Leg leg, SipMessage request, List<Output> out) {
        var to = leg.other().filter(Leg::isStanding);
        if (to.isEmpty()) {
            out.addAll(agent.reply(at, leg.job(), Reply.of(488)));
        } else if (request.body().isEmpty()) {
            var offer = leg.tells(to.get().fresh());
            out.addAll(agent.reply(at, leg.job(), said(200, offer)));
        } else {
            leg.hears(request.body());
            var question = new Question(leg, Optional.empty());
            if (questions.putIfAbsent(to.get().job(), question) == null) {
                var update = request.method().equals(Methods.UPDATE);
                var offer = to.get().tells(leg.heard());
                out.addAll(agent.offer(at, to.get().job(), offer, update));
            } else {
                out.addAll(agent.reply(at, leg.job(), Reply.of(GLARE)));
            }
        }
    }

    private void answered(UserAgent agent, Instant at, Leg leg, Slice sdp, List<Output> out) {
        leg.hears(sdp);
        var question = questions.remove(leg.job());
        if (question != null) answer(agent, at, leg, question, sdp, out);
        else leg.other().ifPresent(to -> tell(agent, at, to, leg, out));
    }

    /// Whoever asked is told; what nobody asked for is offered again after a glare (RFC 3261
    /// §14.1).
    private void refused(UserAgent agent, Instant at, Leg leg, Failure why, List<Output> out) {
        var question = questions.remove(leg.job());
        if (question != null) {
            out.addAll(agent.reply(at, question.asker().job(), refusal(why)));
        } else if (refusal(why).code() == GLARE) {
            schedule.add(
                    at.plus(AGAIN),
                    (then, outputs) ->
                            leg.other()
                                    .map(from -> leg.tells(from.heard()))
                                    .ifPresent(sdp ->
                                            outputs.addAll(
                                                    agent.offer(then, leg.job(), sdp, false))));
        }
    }

    private static void answer(
            UserAgent agent, Instant at, Leg leg, Question question, Slice sdp, List<Output> out) {
        question.replaced().ifPresent(_ -> Leg.join(question.asker(), leg));
        var answer = question.asker().tells(sdp);
        out.addAll(agent.reply(at, question.asker().job(), said(200, answer)));
    }

    private static Reply refusal(Failure why) {
        return switch (why) {
            case Failure.Rejected(var response) -> Reply.of(response.code());
            case Failure.Unreachable _ -> Reply.of(GLARE);
            case Failure.CredentialsRejected _,
                    Failure.Unanswerable _,
                    Failure.TimedOut _,
                    Failure.NotGranted _ ->
                    Reply.of(480);
        };
    }

    /// A call is over, and with it the one that it was joined to, unless that is being transferred.
    private void over(UserAgent agent, Instant at, Leg leg, List<Output> out) {
        legs.remove(leg.job());
        var question = questions.remove(leg.job());
        if (question != null) out.addAll(agent.reply(at, question.asker().job(), Reply.of(480)));
        questions.values().removeIf(one -> one.asker() == leg);
        var other = leg.other();
        leg.part();
        var referral = referrals.remove(leg.job());
        if (referral != null) {
            ended(agent, at, leg, referral, out);
            if (leg == referral.target()) return;
        }
        other.filter(one -> !isReferred(one))
                .ifPresent(one -> out.addAll(agent.hangUp(at, one.job())));
    }

    /// One side of a transfer is gone: the target is let go with who was to be joined to it, and
    /// who stays without anybody left is let go with the target.
    private void ended(UserAgent agent, Instant at, Leg leg, Referral referral, List<Output> out) {
        referrals.remove(referral.target().job());
        referrals.remove(referral.stays().job());
        if (leg == referral.stays()) out.addAll(agent.hangUp(at, referral.target().job()));
        else if (referral.stays().other().isEmpty())
            out.addAll(agent.hangUp(at, referral.stays().job()));
    }
}
