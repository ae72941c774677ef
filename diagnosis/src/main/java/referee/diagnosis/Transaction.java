// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// One request as its user agent client issued it, with everything that belongs to it: every [Hop]
/// it was seen on, retransmissions, responses and, for INVITE, ACKs.
public final class Transaction {
    private final String method;
    private final long cseq;
    private final Slice fromTag;
    private final Slice toTag;
    private final List<Hop> hops = new ArrayList<>(1);
    private final List<Sighting> acks = new ArrayList<>(1);
    private Instant first;
    private Instant last;

    Transaction(Facts facts) {
        this.method = facts.method();
        this.cseq = facts.cseq();
        this.fromTag = facts.fromTag();
        this.toTag = facts.isRequest() ? facts.toTag() : Slice.EMPTY;
        this.first = facts.sighting().at();
        this.last = first;
    }

    private Transaction(Transaction other) {
        this.method = other.method;
        this.cseq = other.cseq;
        this.fromTag = other.fromTag;
        this.toTag = other.toTag;
        this.first = other.first;
        this.last = other.last;
        other.hops.forEach(hop -> hops.add(hop.brief()));
    }

    /// The same transaction with one copy of each hop's request and final response: what is kept of
    /// it when its story is let go.
    Transaction brief() {
        return new Transaction(this);
    }

    /// Such as `INVITE`; empty where it is unreadable.
    public String method() {
        return method;
    }

    public boolean is(String wanted) {
        return method.equals(wanted);
    }

    /// The CSeq number, or -1 where it is unreadable.
    public long cseq() {
        return cseq;
    }

    /// As written; empty if there is none.
    public Slice fromTag() {
        return fromTag;
    }

    /// Of the request, as written; empty outside a dialog, and where only responses were seen.
    public Slice toTag() {
        return toTag;
    }

    /// Whether the request carries a To tag, which makes it a request within a dialog (RFC 3261
    /// §12.2).
    public boolean isInDialog() {
        return !toTag.isEmpty();
    }

    /// From the client's end to the server's, as far as seen; never empty.
    public List<Hop> hops() {
        return Collections.unmodifiableList(hops);
    }

    /// The hop next to the user agent client.
    public Hop firstHop() {
        return hops.getFirst();
    }

    /// The hop next to the user agent server.
    public Hop lastHop() {
        return hops.getLast();
    }

    public Endpoint client() {
        return firstHop().client();
    }

    /// Who answered, or was to answer, the client's hop: a proxy, or the user agent server itself.
    public Endpoint server() {
        return firstHop().server();
    }

    /// The first sighting of the request; empty if only responses were seen.
    public Optional<Sighting> request() {
        for (var hop : hops) {
            if (!hop.requests().isEmpty()) return Optional.of(hop.requests().getFirst());
        }
        return Optional.empty();
    }

    /// The request's message, where it was seen.
    public Optional<SipMessage> message() {
        return request().map(Sighting::message);
    }

    /// Every response seen on the client's hop.
    public List<Answer> answers() {
        return firstHop().answers();
    }

    /// The first final response on the client's hop, and so what the client learnt.
    public Optional<Answer> finalAnswer() {
        return firstHop().finalAnswer();
    }

    /// The first final response on any hop.
    public Optional<Answer> finalAnswerAnywhere() {
        for (var hop : hops) {
            var answer = hop.finalAnswer();
            if (answer.isPresent()) return answer;
        }
        return Optional.empty();
    }

    /// The code of the final response on the client's hop, or 0.
    public int code() {
        return finalAnswer().map(Answer::code).orElse(0);
    }

    public boolean isSuccess() {
        return finalAnswer().map(Answer::isSuccess).orElse(false);
    }

    public boolean isChallenged() {
        return finalAnswer().map(Answer::isChallenge).orElse(false);
    }

    public boolean hasProvisional() {
        for (var answer : answers()) {
            if (answer.isProvisional()) return true;
        }
        return false;
    }

    /// The ACKs to a 2xx of this INVITE, on whatever way they were seen; empty for other methods.
    public List<Sighting> acks() {
        return Collections.unmodifiableList(acks);
    }

    /// Everything seen of this transaction, in no particular order.
    public Stream<Sighting> sightings() {
        return Stream.concat(hops.stream().flatMap(Transaction::sightings), acks.stream());
    }

    /// When the first of its messages passed.
    public Instant first() {
        return first;
    }

    /// When the last of its messages passed.
    public Instant last() {
        return last;
    }

    /// How long the client waits for a final response: 64*T1 by its own retransmissions (RFC 3261
    /// §17.1).
    public Duration patience(Timers timers) {
        return firstHop().t1(timers).multipliedBy(64);
    }

    /// Notes when a message of this transaction passed.
    void passed(Instant at) {
        if (at.isBefore(first)) first = at;
        if (at.isAfter(last)) last = at;
    }

    void acknowledge(Facts ack) {
        passed(ack.sighting().at());
        for (var hop : hops) {
            var refused = hop.finalAnswer().map(answer -> answer.code() >= 300).orElse(false);
            if (refused && hop.branch().same(ack.branch())) {
                hop.ack(ack.sighting());
                return;
            }
        }
        acks.add(ack.sighting());
    }

    /// Adds a hop where it belongs: by the number of Via values, then by time.
    void add(Hop hop) {
        var at = hops.size();
        while (at > 0 && hops.get(at - 1).depth() > hop.depth()) at--;
        hops.add(at, hop);
    }

    @Override
    public String toString() {
        return method + " " + cseq;
    }

    /// Whether a 2xx to this request opens a dialog (RFC 3261 §12.1, RFC 6665 §4.1.2.1, RFC 3515
    /// §2.4.4).
    boolean opensDialog() {
        return is(Methods.INVITE) || is(Methods.SUBSCRIBE) || is(Methods.REFER);
    }

    private static Stream<Sighting> sightings(Hop hop) {
        var answers = hop.answers().stream().flatMap(answer -> answer.copies().stream());
        return Stream.of(hop.requests().stream(), answers, hop.acks().stream()).flatMap(s -> s);
    }
}
