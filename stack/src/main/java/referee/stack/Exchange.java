// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.sip.CSeq;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.SipUri;

/// One request until its final response: to the first target that answers, and again with
/// credentials where it is challenged (RFC 3261 §22, RFC 3263 §4.3).
final class Exchange implements ClientTransaction.User, Floor.Resolving {
    interface User {
        default void provisional(Instant at, Exchange of, SipMessage response, Flow flow) {}

        /// A 2xx; of an INVITE each copy and each fork's.
        void success(Instant at, Exchange of, SipMessage response, Flow flow);

        void failed(Instant at, Exchange of, Failure why);
    }

    private static final int MOST_CHALLENGES = 8;
    private static final int SERVICE_UNAVAILABLE = 503;

    private final Floor floor;
    private final Job job;
    private final CSeqs cseqs;
    private final User user;
    private final Way way;
    private final Draft draft;
    private final Optional<String> contactParams;
    private final Authenticator.Tries tries = new Authenticator.Tries();

    private Targets targets = new Targets(List.of());
    private @Nullable ClientTransaction current;
    private long number;
    private int challenges;
    private boolean resolved;
    private boolean answered;
    private boolean provisional;
    private boolean cancelWanted;
    private boolean over;
    private Optional<Agenda.Alarm> cancelLimit = Optional.empty();

    /// @param draft whole but for CSeq, Via, Contact and credentials
    /// @param contactParams what follows our URI in Contact; empty for no Contact
    Exchange(
            Floor floor,
            Job job,
            Draft draft,
            CSeqs cseqs,
            Way way,
            Optional<String> contactParams,
            User user) {
        this.floor = floor;
        this.job = job;
        this.draft = draft;
        this.cseqs = cseqs;
        this.way = way;
        this.contactParams = contactParams;
        this.user = user;
    }

    Job job() {
        return job;
    }

    /// The request as it was last sent.
    Optional<SipMessage> request() {
        return Optional.ofNullable(current).map(ClientTransaction::request);
    }

    /// Its number, of the last attempt.
    long number() {
        return number;
    }

    boolean isPending() {
        return !answered && !over;
    }

    /// Where the request went at last.
    Optional<Destination> destination() {
        return Optional.ofNullable(current).map(ClientTransaction::to);
    }

    void start(Instant at) {
        number = cseqs.next();
        if (way.flow().isPresent()) attempt(at, new Destination.Over(way.flow().get()));
        else resolve(at, new TransportError(TransportError.Kind.DNS, "no next hop"));
    }

    private void resolve(Instant at, TransportError before) {
        resolved = true;
        var hop = way.named();
        if (hop.isEmpty()) {
            fail(at, new Failure.Unreachable(before));
            return;
        }
        Way.literal(hop.get(), floor.desk().setup)
                .ifPresentOrElse(
                        target -> resolved(at, List.of(target)),
                        () -> floor.lookup(this, hop.get()));
    }

    @Override
    public void resolved(Instant at, List<Target> found) {
        if (over) return;
        var octets = draft.bytes().length + 200;
        var speaksTcp = floor.desk().setup.speaks(referee.sip.Transport.TCP);
        targets = new Targets(Way.roomy(found, octets, speaksTcp));
        next(
                at,
                new Failure.Unreachable(
                        new TransportError(
                                TransportError.Kind.DNS,
                                "no address for "
                                        + way.named().map(SipUri::toString).orElse("it"))));
    }

    /// Tries the next target, or ends with why the last one failed.
    private void next(Instant at, Failure last) {
        var target = targets.next();
        targets = targets.rest();
        if (target.isPresent()) attempt(at, new Destination.To(target.get()));
        else if (!resolved && last instanceof Failure.Unreachable(var error)) resolve(at, error);
        else fail(at, last);
    }

    private void attempt(Instant at, Destination to) {
        provisional = false;
        var whole = draft.with("CSeq", number + " " + draft.method());
        if (contactParams.isPresent())
            whole = whole.fill(List.of(new Line("Contact", contact(to) + contactParams.get())));
        var callId = draft.value("Call-ID").orElse("");
        var signed = floor.desk().authenticator.sign(callId, whole);
        current = floor.transactions().send(at, signed, to, this);
    }

    private String contact(Destination to) {
        var setup = floor.desk().setup;
        var secure = draft.uri().regionMatches(true, 0, "sips:", 0, 5);
        var local = setup.local(to.transport(), to.remote());
        return "<" + local.contact(setup.contactUser(), secure) + ">";
    }

    /// Cancels an INVITE: now, or as soon as a provisional response is there (RFC 3261 §9.1).
    void cancel(Instant at) {
        if (answered || over || cancelWanted) return;
        cancelWanted = true;
        if (current == null) fail(at, new Failure.TimedOut(Methods.INVITE));
        else if (provisional) sendCancel(at);
    }

    private void sendCancel(Instant at) {
        var invite = current;
        if (invite == null) return;
        floor.transactions().cancel(at, invite);
        var limit = at.plus(floor.desk().setup.timers().times64());
        cancelLimit =
                Optional.of(
                        floor.desk()
                                .agenda
                                .at(
                                        limit,
                                        late -> {
                                            invite.abandon();
                                            fail(late, new Failure.TimedOut(Methods.INVITE));
                                        }));
    }

    boolean isCancelled() {
        return cancelWanted;
    }

    @Override
    public void response(Instant at, SipMessage response, Flow flow) {
        if (response.code() < 200) provisional(at, response, flow);
        else if (response.code() < 300) success(at, response, flow);
        else if (answered || over) return;
        else if (response.code() == 401 || response.code() == 407) challenged(at, response);
        else if (response.code() == SERVICE_UNAVAILABLE && targets.next().isPresent())
            next(at, new Failure.Rejected(response));
        else fail(at, new Failure.Rejected(response));
    }

    private void provisional(Instant at, SipMessage response, Flow flow) {
        if (answered || over) return;
        var first = !provisional;
        provisional = true;
        if (first && cancelWanted) sendCancel(at);
        user.provisional(at, this, response, flow);
    }

    private void success(Instant at, SipMessage response, Flow flow) {
        if (!answered) {
            answered = true;
            cancelLimit.ifPresent(floor.desk().agenda::cancel);
            var callId = draft.value("Call-ID").orElse("");
            request()
                    .flatMap(sent -> floor.desk().authenticator.learn(callId, sent, response))
                    .ifPresent(right -> floor.desk().tell(new Event.ServerProof(job, right)));
        }
        user.success(at, this, response, flow);
    }

    private void challenged(Instant at, SipMessage response) {
        var sent = request().orElseThrow();
        var callId = draft.value("Call-ID").orElse("");
        switch (floor.desk().authenticator.answer(callId, sent, response, tries)) {
            case Authenticator.Answer.Rejected(var realm) ->
                    fail(at, new Failure.CredentialsRejected(response, realm));
            case Authenticator.Answer.Unanswerable(var why) ->
                    fail(at, new Failure.Unanswerable(response, why));
            case Authenticator.Answer.Retry retry
                    when cancelWanted || challenges >= MOST_CHALLENGES ->
                    fail(at, new Failure.Unanswerable(response, "too many challenges"));
            case Authenticator.Answer.Retry(var realms, var stale, var omitted) -> {
                floor.desk().tell(new Event.Challenged(job, response, realms, stale, omitted));
                challenges++;
                number = cseqs.next();
                attempt(at, destination().orElseThrow());
            }
        }
    }

    @Override
    public void timedOut(Instant at) {
        if (answered || over) return;
        var why = new Failure.TimedOut(draft.method());
        if (provisional) fail(at, why);
        else next(at, why);
    }

    @Override
    public void unreachable(Instant at, TransportError error) {
        if (answered || over) return;
        var why = new Failure.Unreachable(error);
        if (provisional) fail(at, why);
        else next(at, why);
    }

    private void fail(Instant at, Failure why) {
        if (over) return;
        over = true;
        cancelLimit.ifPresent(floor.desk().agenda::cancel);
        user.failed(at, this, why);
    }

    /// The number that a response answers.
    static long numberOf(SipMessage response) {
        return response.first(CSeq.KIND).optional().map(CSeq::number).orElse(-1L);
    }
}
