// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.StartLine;
import referee.sip.Uri;
import referee.stack.Calling;
import referee.stack.Flow;
import referee.stack.Job;
import referee.stack.Notice;
import referee.stack.Output;
import referee.stack.Reply;
import referee.stack.Started;
import referee.stack.Transferring;
import referee.stack.UserAgent;

/// A request that waits for an answer, at a moment, and the means to answer it.
///
/// @param call in whose dialog it came: a REFER's
/// @param replaced the call of ours whose place an INVITE takes
/// @param out where what is to be done goes
record Turn(
        UserAgent agent,
        Instant at,
        Job job,
        SipMessage request,
        Flow flow,
        Optional<Job> call,
        Optional<Job> replaced,
        Schedule schedule,
        List<Output> out) {

    String method() {
        return request.method();
    }

    /// The user part of the Request-URI.
    String dialled() {
        return user(Slice.of(requestUri(request)));
    }

    /// As it stands there; empty for a response.
    static String requestUri(SipMessage message) {
        return message.start() instanceof StartLine.Request start ? start.uri().text() : "";
    }

    static String user(Slice uri) {
        var read = Uri.read(uri).optional();
        return read.isPresent() && read.get() instanceof SipUri sip ? sip.userText() : "";
    }

    void reply(Reply reply) {
        out.addAll(agent.reply(at, job, reply));
    }

    void reply(int code) {
        reply(Reply.of(code));
    }

    void notify(Notice notice) {
        out.addAll(agent.notify(at, job, notice));
    }

    /// Tells how a referred call fares.
    ///
    /// @param state the value of Subscription-State
    void progress(Reply status, String state) {
        notify(Notice.sipfrag(status.code(), status.reason(), state));
    }

    Job follow() {
        return follow(calling -> calling);
    }

    Job follow(UnaryOperator<Calling> how) {
        return begun(agent.follow(at, job, how));
    }

    Job call(Calling what) {
        return begun(agent.call(at, what));
    }

    Job transfer(Job which, Transferring what) {
        return begun(agent.transfer(at, which, what));
    }

    void hangUp(Job which) {
        out.addAll(agent.hangUp(at, which));
    }

    private Job begun(Started started) {
        out.addAll(started.outputs());
        return started.job();
    }

    /// Does something about the same request later.
    void after(Duration wait, Consumer<Turn> what) {
        schedule.add(
                at.plus(wait),
                (then, outputs) ->
                        what.accept(
                                new Turn(
                                        agent, then, job, request, flow, call, replaced, schedule,
                                        outputs)));
    }
}
