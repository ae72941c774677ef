// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.sip.Contact;
import referee.sip.Expires;
import referee.sip.HeaderName;
import referee.sip.MinExpires;
import referee.sip.SipMessage;
import referee.sip.Uri;

/// A binding of ours at a registrar, kept alive (RFC 3261 §10.2).
final class Registration implements Usage, Exchange.User {
    private static final int INTERVAL_TOO_BRIEF = 423;
    private static final Duration LONGEST = Duration.ofDays(365);

    private final Floor floor;
    private final Job job;
    private final Registering what;
    private final String callId;
    private final String tag;
    private final CSeqs cseqs;
    private Duration expires;
    private boolean longerAsked;
    private boolean leaving;
    private boolean leavingSent;
    private Optional<Exchange> exchange = Optional.empty();
    private Optional<Agenda.Alarm> refresh = Optional.empty();

    Registration(Floor floor, Job job, Registering what) {
        this.floor = floor;
        this.job = job;
        this.what = what;
        this.callId = floor.desk().tokens.callId();
        this.tag = floor.desk().tokens.tag();
        this.cseqs = new CSeqs(1);
        this.expires = what.expires();
    }

    @Override
    public Job job() {
        return job;
    }

    void register(Instant at) {
        longerAsked = false;
        send(at);
    }

    /// Takes our own binding away and no other (RFC 3261 §10.2.2).
    void leave(Instant at) {
        refresh.ifPresent(floor.desk().agenda::cancel);
        leaving = true;
        if (exchange.filter(Exchange::isPending).isEmpty()) send(at);
    }

    private void send(Instant at) {
        leavingSent = leaving;
        var seconds = leaving ? 0 : expires.toSeconds();
        var params = ";expires=" + seconds;
        var aor = "<" + what.addressOfRecord() + ">";
        var asked =
                Draft.request("REGISTER", what.registrar())
                        .with(what.headers())
                        .with("From", aor + ";tag=" + tag)
                        .with("To", aor)
                        .with("Expires", seconds)
                        .with("Supported", "path, gruu")
                        .with("Allow", Call.ALLOW);
        if (what.contact().isPresent())
            asked = asked.with("Contact", "<" + what.contact().get() + ">" + params);
        var draft = floor.outside(asked, callId, tag);
        var made = new Exchange(floor, job, draft, cseqs, Way.of(draft), Optional.of(params), this);
        exchange = Optional.of(made);
        made.start(at);
    }

    @Override
    public void provisional(Instant at, Exchange of, SipMessage response, Flow flow) {
        floor.desk().tell(new Event.Progress(job, response));
    }

    @Override
    public void success(Instant at, Exchange of, SipMessage response, Flow flow) {
        var asked = of.request().orElseThrow();
        if (leavingSent) {
            floor.desk().tell(new Event.Unregistered(job));
            floor.close(this);
            return;
        }
        if (leaving) {
            send(at);
            return;
        }
        registered(at, response, ours(asked));
    }

    private void registered(Instant at, SipMessage response, Uri ours) {
        Optional<Contact> own = Optional.empty();
        var others = new ArrayList<Contact>();
        for (var contact : response.values(Contact.KIND)) {
            var same = contact.address().filter(one -> one.uri().sameAs(ours)).isPresent();
            if (same) own = Optional.of(contact);
            else others.add(contact);
        }
        var granted = own.map(contact -> granted(contact, response)).orElse(Duration.ZERO);
        if (granted.isZero()) {
            var why =
                    own.isEmpty()
                            ? "our Contact is not among the bindings"
                            : "our binding was granted 0 s";
            end(new Failure.NotGranted(response, why));
            return;
        }
        floor.serviceRoutes(serviceRoutes(response));
        floor.desk().tell(new Event.Registered(job, granted, others));
        refresh = Optional.of(floor.desk().agenda.at(at.plus(beforeEnd(granted)), this::register));
    }

    /// The `expires` of our Contact, else the Expires header, else what was asked for (RFC 3261
    /// §10.2.4).
    private Duration granted(Contact own, SipMessage response) {
        var seconds =
                own.expires()
                        .or(() -> response.first(Expires.KIND).optional().map(Expires::seconds))
                        .orElse(expires.toSeconds());
        return Duration.ofSeconds(Math.min(seconds, LONGEST.toSeconds()));
    }

    /// Early enough for a request that is lost once: 32 s before the end, or at half of short ones.
    private Duration beforeEnd(Duration granted) {
        var margin = floor.desk().setup.timers().times64();
        return granted.compareTo(margin.multipliedBy(2)) > 0
                ? granted.minus(margin)
                : granted.dividedBy(2);
    }

    private static List<Line> serviceRoutes(SipMessage response) {
        return response.headers().stream()
                .filter(header -> header.name().isIgnoreCase("Service-Route"))
                .map(header -> new Line("Route", header.value().text()))
                .toList();
    }

    @Override
    public void failed(Instant at, Exchange of, Failure why) {
        if (why instanceof Failure.Rejected(var response)
                && response.code() == INTERVAL_TOO_BRIEF
                && askLonger(response)) {
            send(at);
            return;
        }
        if (leavingSent || !leaving) end(why);
        else send(at);
    }

    /// Once, and only if the registrar says how long (RFC 3261 §10.2.8).
    private boolean askLonger(SipMessage response) {
        var least = response.first(MinExpires.KIND).optional().map(MinExpires::seconds).orElse(0L);
        if (longerAsked || leaving || least <= expires.toSeconds()) return false;
        if (least > LONGEST.toSeconds()) return false;
        longerAsked = true;
        expires = Duration.ofSeconds(least);
        return true;
    }

    private void end(Failure why) {
        floor.desk().tell(new Event.Failed(job, why));
        floor.close(this);
    }

    private static Uri ours(SipMessage register) {
        return register.first(Contact.KIND)
                .optional()
                .flatMap(Contact::address)
                .orElseThrow(
                        () -> new IllegalStateException(Copies.value(register, HeaderName.CONTACT)))
                .uri();
    }
}
