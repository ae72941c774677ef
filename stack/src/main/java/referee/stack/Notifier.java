// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import referee.sip.Expires;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.OptionTag;
import referee.sip.ReferSub;
import referee.sip.SipMessage;

/// The other end of a subscription: whoever was asked by SUBSCRIBE or REFER, and tells (RFC 6665
/// §4.2, RFC 3515 §2.4.4).
final class Notifier implements Usage {
    private static final int MOST_WAITING = 64;
    private static final Duration REFER_LASTS = Duration.ofMinutes(5);
    private static final long LONGEST_SECONDS = Duration.ofDays(1).toSeconds();

    private final Floor floor;
    private final Job job;
    private final ServerTransaction request;
    private final Dialog dialog;
    private final boolean refer;
    private final String event;
    private final Deque<Notice> waiting = new ArrayDeque<>();
    private Optional<Exchange> sending = Optional.empty();
    private Optional<Agenda.Alarm> ending = Optional.empty();
    private Optional<Instant> until = Optional.empty();
    private Notice latest;
    private boolean last;
    private boolean over;

    Notifier(Floor floor, Job job, ServerTransaction request, Dialog dialog) {
        this.floor = floor;
        this.job = job;
        this.request = request;
        this.dialog = dialog;
        this.refer = request.request().method().equals(Methods.REFER);
        this.event = refer ? "refer;id=" + number(request.request()) : said(request.request());
        this.latest = refer ? Notice.sipfrag(100, "Trying", "active") : Notice.of("active");
        dialog.notifiers().add(this);
        request.abandoned(this::leave);
    }

    private static String number(SipMessage request) {
        return Exchange.numberOf(request) + "";
    }

    private static String said(SipMessage subscribe) {
        return Copies.value(subscribe, HeaderName.EVENT);
    }

    @Override
    public Job job() {
        return job;
    }

    boolean isOver() {
        return over;
    }

    Optional<Call> call() {
        return dialog.call();
    }

    SipMessage request() {
        return request.request();
    }

    /// Answers the request. A 2xx keeps the subscription, unless none is wanted (RFC 4488 §4, RFC
    /// 7614 §5.3); anything else ends it.
    void reply(Instant at, Reply reply) {
        if (request.isFinal()) return;
        var granted = seconds(request.request());
        var more = refer ? List.<Line>of() : List.of(new Line("Expires", "" + granted));
        request.reply(at, Answers.complete(floor, request, reply, more));
        if (reply.code() < 200) return;
        var silent =
                request.last()
                        .flatMap(said -> said.first(ReferSub.KIND).optional())
                        .filter(one -> !one.wanted());
        if (reply.code() >= 300 || silent.isPresent() || wantsNone(request.request())) leave(at);
        else if (!over) live(at, refer ? REFER_LASTS : Duration.ofSeconds(granted));
    }

    /// RFC 7614 §5.3.
    private static boolean wantsNone(SipMessage refer) {
        return Options.lists(refer, OptionTag.REQUIRE, "nosub");
    }

    private static long seconds(SipMessage subscribe) {
        var asked = subscribe.first(Expires.KIND).optional().map(Expires::seconds).orElse(3600L);
        return Math.min(asked, LONGEST_SECONDS);
    }

    private void live(Instant at, Duration left) {
        ending.ifPresent(floor.desk().agenda::cancel);
        until = Optional.of(at.plus(left));
        ending = Optional.of(floor.desk().agenda.at(at.plus(left), this::expired));
    }

    private void expired(Instant at) {
        notify(at, state("terminated;reason=timeout"));
    }

    private Notice state(String state) {
        return new Notice(state, latest.headers(), latest.body());
    }

    /// How a call placed for a REFER fares; the last word ends the subscription (RFC 3515 §2.4.7).
    void progress(Instant at, int code, String reason) {
        if (over || last) return;
        var left = until.map(end -> Duration.between(at, end).toSeconds()).orElse(60L);
        var state = code < 200 ? "active;expires=" + left : "terminated;reason=noresource";
        notify(at, Notice.sipfrag(code, reason, state));
    }

    /// Sends a NOTIFY, after those that are not answered yet.
    void notify(Instant at, Notice notice) {
        if (over || waiting.size() >= MOST_WAITING) return;
        waiting.add(notice);
        if (sending.filter(Exchange::isPending).isEmpty()) next(at);
    }

    private void next(Instant at) {
        var notice = waiting.poll();
        if (notice == null || over) return;
        latest = notice;
        last |= notice.isLast();
        var draft = dialog.request("NOTIFY", floor.desk().setup.product()).with(notice.headers());
        draft = draft.fill(List.of(new Line("Event", event)));
        if (!notice.state().isEmpty())
            draft = draft.fill(List.of(new Line("Subscription-State", notice.state())));
        draft = draft.fill(List.of(new Line("Allow", Call.ALLOW))).body(notice.body());
        var way = dialog.way(draft, floor.desk().setup.isSymmetric());
        var made =
                new Exchange(floor, job, draft, dialog.cseqs(), way, Optional.of(""), new Sent());
        sending = Optional.of(made);
        made.start(at);
    }

    boolean isFor(SipMessage subscribe) {
        return said(subscribe).replace(" ", "").equalsIgnoreCase(event)
                || refer && said(subscribe).trim().equalsIgnoreCase("refer");
    }

    /// A SUBSCRIBE in the dialog: refreshed or ended, and told at once (RFC 6665 §4.2.1.2).
    void refreshed(Instant at, ServerTransaction in) {
        var granted = seconds(in.request());
        dialog.refreshTarget(in.request());
        var more = List.of(new Line("Expires", "" + granted));
        in.reply(at, Answers.complete(floor, in, Reply.of(200), more));
        if (granted == 0) {
            notify(at, state("terminated;reason=timeout"));
        } else {
            live(at, Duration.ofSeconds(granted));
            notify(at, state("active;expires=" + granted));
        }
    }

    private void end(Instant at, String reason) {
        if (over) return;
        floor.desk().tell(new Event.SubscriptionEnded(job, reason));
        leave(at);
    }

    private void leave(Instant at) {
        if (over) return;
        over = true;
        ending.ifPresent(floor.desk().agenda::cancel);
        floor.close(this);
        dialog.notifiers().remove(this);
        floor.release(at, dialog);
    }

    private final class Sent implements Exchange.User {
        @Override
        public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
            floor.desk().tell(new Event.NotifyAnswered(job, response.code()));
            dialog.refreshTarget(response);
            goOn(at);
        }

        /// Some failures end it (RFC 6665 §4.2.2).
        @Override
        public void failed(Instant at, Exchange of, Failure why) {
            var code = why instanceof Failure.Rejected(var response) ? response.code() : 0;
            floor.desk().tell(new Event.NotifyAnswered(job, code));
            if (Subscription.endsUsage(code)) end(at, "NOTIFY answered " + code);
            else if (code == 0) end(at, "NOTIFY not answered");
            else goOn(at);
        }

        private void goOn(Instant at) {
            if (latest.isLast() && waiting.isEmpty()) end(at, "we ended it");
            else next(at);
        }
    }
}
