// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.keepingBack;
import static referee.practice.Mischief.rewriting;
import static referee.practice.Mischief.sending;
import static referee.practice.Occasion.CALL_ME;
import static referee.practice.Party.CALLER;
import static referee.practice.Written.isRequest;

import java.util.List;
import java.util.function.UnaryOperator;
import referee.sip.Credentials;
import referee.sip.SipMessage;
import referee.stack.Draft;
import referee.stack.Output;

/// What can go wrong with who calls.
final class CallerFaults {
    /// More than an Ethernet frame holds.
    private static final String PADDING = "0123456789abcdef".repeat(100);

    static final List<Fault> ALL =
            List.of(
                    CALLER.commits(
                            "ack-misaddressed",
                            CALL_ME,
                            "sends ACK to another user than the Contact of the 200 names",
                            () ->
                                    rewriting(
                                            sent -> isRequest(sent, "ACK"),
                                            ack ->
                                                    ack.uri(
                                                            ack.uri()
                                                                    .replaceFirst(
                                                                            "sips?:[^@]*@",
                                                                            "sip:nobody@")))),
                    CALLER.commits(
                            "ack-not-repeated",
                            CALL_ME,
                            "sends ACK once, however often the 200 comes",
                            Once::new),
                    CALLER.commits(
                            "final-error-not-acked",
                            CALL_ME,
                            "sends no ACK when it is refused",
                            () -> keepingBack(sent -> isRequest(sent, "ACK"))),
                    CALLER.commits(
                            "cancel-before-provisional",
                            CALL_ME,
                            "sends CANCEL right behind INVITE",
                            () -> sending(CallerFaults::isCall, CallerFaults::withCancel)),
                    CALLER.commits(
                            "in-dialog-cseq-out-of-order",
                            CALL_ME,
                            "sends BYE with a lower CSeq than INVITE",
                            () -> rewriting(sent -> isRequest(sent, "BYE"), numbered("BYE", -2))),
                    CALLER.commits(
                            "challenge-not-acked",
                            CALL_ME,
                            "sends no ACK when it is asked for credentials",
                            SkipsAck::new),
                    CALLER.commits(
                            "cseq-not-incremented",
                            CALL_ME,
                            "sends its credentials with the CSeq of the INVITE that was challenged",
                            () -> rewriting(CallerFaults::isRetry, numbered("INVITE", -1))),
                    CALLER.commits(
                            "auth-retry-identity-changed",
                            CALL_ME,
                            "sends its credentials with another From tag",
                            () ->
                                    rewriting(
                                            CallerFaults::isRetry,
                                            invite -> invite.map("From", from -> from + "b"))),
                    CALLER.commits(
                            "digest-over-rewritten-uri",
                            CALL_ME,
                            "changes the Request-URI once the digest is made",
                            () ->
                                    rewriting(
                                            CallerFaults::isRetry,
                                            invite -> invite.uri(invite.uri() + ";user=phone"))),
                    CALLER.commits(
                            "cancel-of-challenged-invite-mismatch",
                            CALL_ME,
                            "cancels the INVITE that was challenged instead of the one that rings",
                            CancelsFirst::new),
                    CALLER.commits(
                            "uac-auth-cseq-drift",
                            CALL_ME,
                            "sends ACK with the CSeq of the INVITE that was challenged",
                            () -> rewriting(sent -> isRequest(sent, "ACK"), numbered("ACK", -1))),
                    CALLER.commits(
                            "udp-fragmented-request",
                            CALL_ME,
                            "sends an INVITE over UDP that is larger than an Ethernet frame",
                            () ->
                                    rewriting(
                                            CallerFaults::isCall,
                                            invite -> invite.with("X-Padding", PADDING))),
                    CALLER.commits(
                            "tcp-switch-unsupported",
                            CALL_ME,
                            "writes TCP into the Via of what it sends over UDP",
                            () ->
                                    rewriting(
                                            CallerFaults::isCall,
                                            invite ->
                                                    invite.map(
                                                            "Via",
                                                            via -> via.replace("/UDP", "/TCP")))));

    private CallerFaults() {}

    private static boolean isCall(SipMessage sent) {
        return isRequest(sent, "INVITE") && Written.isOutside(sent);
    }

    private static boolean isRetry(SipMessage sent) {
        return isCall(sent) && !Credentials.all(sent).isEmpty();
    }

    private static List<Output.Send> withCancel(Leaving what) {
        return what.as(what.draft(), cancel(what.draft()));
    }

    /// The CANCEL of an INVITE (RFC 3261 §9.1).
    static Draft cancel(Draft invite) {
        var cancel = Draft.request("CANCEL", invite.uri());
        for (var name : List.of("Via", "Max-Forwards", "From", "To", "Call-ID", "CSeq"))
            cancel = cancel.with(name, invite.value(name).orElse(""));
        return cancel.map("CSeq", value -> value.replace("INVITE", "CANCEL"));
    }

    private static UnaryOperator<Draft> numbered(String method, int more) {
        return request -> {
            var number = Written.number(request.message());
            return request.set("CSeq", Math.max(0, number + more) + " " + method);
        };
    }
}
