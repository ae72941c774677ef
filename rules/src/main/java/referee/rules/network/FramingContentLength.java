// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.ContentLength;
import referee.sip.ContentType;
import referee.sip.Field;
import referee.sip.Flaw;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// A Content-Length that is missing on a stream, or is not the length of the body (RFC 3261 §18.3,
/// §20.14).
public final class FramingContentLength implements Rule.OnTransaction {
    /// What lies behind a body and is fewer octets than this may be padding.
    private static final int PADDING = 5;

    private static final Duration SOON = Duration.ofSeconds(2);

    private record Wrong(Sighting in, String says, Severity severity, boolean isSure) {}

    @Override
    public String id() {
        return "framing-content-length";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        for (var hop : transaction.hops()) {
            for (var request : hop.requests()) {
                var wrong = wrong(request, transaction, story);
                if (wrong.isPresent()) return finding(wrong.get(), true, hop.depth(), story);
            }
            for (var answer : hop.answers()) {
                var wrong = wrong(answer.first(), transaction, story);
                if (wrong.isPresent()) return finding(wrong.get(), false, hop.depth(), story);
            }
        }
        return List.of();
    }

    private List<Finding> finding(Wrong wrong, boolean request, int depth, Story story) {
        var draft =
                story.finding(this, wrong.says())
                        .severity(wrong.severity())
                        .proof(wrong.in())
                        .value("sender", wrong.in().from());
        if (!wrong.isSure()) draft.certainty(LIKELY);
        if (request && depth == 1) draft.blames(CLIENT, wrong.in().from());
        else if (request) draft.blames(MIDDLEBOX, wrong.in().from());
        else draft.blames(SERVER, wrong.in().from());
        return draft.list();
    }

    private static Optional<Wrong> wrong(Sighting in, Transaction transaction, Story story) {
        if (!in.exact()) return Optional.empty();
        var works = transaction.isSuccess() || transaction.isChallenged();
        var severity = works ? Severity.MEDIUM : Severity.HIGH;
        if (in.message().first(ContentLength.KIND) instanceof Field.Broken<ContentLength>) {
            var says = "the Content-Length of the %s cannot be read".formatted(what(in));
            return Optional.of(new Wrong(in, says, severity, true));
        }
        return switch (in.transport()) {
            case UDP, SCTP -> ofDatagram(in, what(in), severity, story);
            case TCP, TLS -> ofStream(in, what(in), severity, story);
            case WS, WSS -> Optional.empty();
        };
    }

    private static Optional<Wrong> ofDatagram(
            Sighting in, String what, Severity severity, Story story) {
        var message = in.message();
        var promised = message.first(ContentLength.KIND).optional();
        if (promised.isEmpty() || isCut(in, story)) return Optional.empty();
        var missing = promised.get().octets() - message.body().length();
        if (missing > bareLineEnds(message.body())
                && has(message, "body-shorter-than-content-length").isPresent()) {
            var says =
                    "the %s promises %d octets of body and has %d"
                            .formatted(what, promised.get().octets(), message.body().length());
            return Optional.of(new Wrong(in, says, severity, true));
        }
        var behind = has(message, "octets-after-body").map(Flaw::where).map(Slice::trim);
        if (behind.isEmpty() || behind.get().length() < PADDING || isZeros(behind.get()))
            return Optional.empty();
        var says =
                "the %s says that its body has %d octets, and %d more follow"
                        .formatted(what, promised.get().octets(), behind.get().length());
        var lost = message.body().isEmpty() || isTorn(message);
        return Optional.of(new Wrong(in, says, lost ? severity : Severity.LOW, true));
    }

    private static Optional<Wrong> ofStream(
            Sighting in, String what, Severity severity, Story story) {
        var message = in.message();
        if (!message.has(HeaderName.CONTENT_LENGTH)) {
            var says = "the %s has no Content-Length on %s".formatted(what, in.transport());
            return Optional.of(new Wrong(in, says, severity, true));
        }
        if (swallowed(message)) {
            var says =
                    "the body of the %s is %d octets long by its Content-Length, and the next message begins inside it"
                            .formatted(what, message.body().length());
            return Optional.of(new Wrong(in, says, Severity.HIGH, true));
        }
        var rest = !story.watchedFor(SOON, in.at(), in.from(), in.to());
        if (!isTorn(message) || !rest || isLast(in, story)) return Optional.empty();
        var says =
                "the body of the %s ends in the middle of a line after %d octets, and what follows belongs to no message"
                        .formatted(what, message.body().length());
        return Optional.of(new Wrong(in, says, severity, false));
    }

    private static Optional<Flaw> has(SipMessage message, String code) {
        return message.flaws().stream().filter(flaw -> flaw.code().equals(code)).findFirst();
    }

    /// Whether the capture kept only a part of it.
    private static boolean isCut(Sighting in, Story story) {
        return !story.watchedFor(Duration.ZERO, in.at(), in.from(), in.to());
    }

    /// How many octets a text log may have dropped: it writes CRLF as LF.
    private static int bareLineEnds(Slice body) {
        var count = 0;
        for (var i = 0; i < body.length(); i++) {
            if (body.at(i) == '\n' && (i == 0 || body.at(i - 1) != '\r')) count++;
        }
        return count;
    }

    /// Whether the evidence ends so soon that nothing behind the message can be told.
    private static boolean isLast(Sighting in, Story story) {
        return story.watchedUntil().isBefore(in.at().plus(SOON));
    }

    /// A session description that does not end with a line.
    private static boolean isTorn(SipMessage message) {
        var body = message.body();
        return !body.isEmpty()
                && is(message, "application/sdp")
                && body.at(body.length() - 1) != '\n';
    }

    private static boolean swallowed(SipMessage message) {
        if (!is(message, "application/sdp")) return false;
        return message.body().text().lines().skip(1).anyMatch(FramingContentLength::isStartLine);
    }

    private static boolean isStartLine(String line) {
        return line.startsWith("SIP/2.0 ") || line.endsWith(" SIP/2.0");
    }

    private static boolean is(SipMessage message, String type) {
        return message.first(ContentType.KIND).optional().filter(one -> one.is(type)).isPresent();
    }

    private static boolean isZeros(Slice octets) {
        for (var i = 0; i < octets.length(); i++) {
            if (octets.at(i) != 0) return false;
        }
        return true;
    }

    private static String what(Sighting in) {
        var message = in.message();
        return message.isRequest() ? message.method() : message.code() + " to " + message.method();
    }
}
