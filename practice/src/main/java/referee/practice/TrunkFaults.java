// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.deafTo;
import static referee.practice.Mischief.inside;
import static referee.practice.Mischief.keepingBack;
import static referee.practice.Mischief.maybeInside;
import static referee.practice.Mischief.refusing;
import static referee.practice.Mischief.rewriting;
import static referee.practice.Mischief.sending;
import static referee.practice.Occasion.BRIDGED;
import static referee.practice.Occasion.CALL;
import static referee.practice.Occasion.CANCEL;
import static referee.practice.Occasion.HOLD;
import static referee.practice.Occasion.OPTIONS;
import static referee.practice.Party.TRUNK;
import static referee.practice.Written.isRequest;
import static referee.practice.Written.isResponse;

import java.util.List;
import java.util.function.UnaryOperator;
import referee.sip.SipMessage;
import referee.stack.Draft;

/// What can go wrong with who takes calls, besides refusing them.
final class TrunkFaults {
    static final List<Fault> ALL =
            List.of(
                    TRUNK.commits(
                            "invite-no-response",
                            CALL,
                            "does not hear INVITE",
                            () -> deafTo(came -> isRequest(came, "INVITE"))),
                    TRUNK.commits(
                            "non-invite-no-response",
                            OPTIONS,
                            "does not hear OPTIONS and REGISTER",
                            () ->
                                    deafTo(came ->
                                            isRequest(came, "OPTIONS")
                                                    || isRequest(came, "REGISTER"))),
                    TRUNK.commits(
                            "non-invite-no-response/bye",
                            CALL,
                            "does not hear BYE",
                            () -> deafTo(came -> isRequest(came, "BYE"))),
                    TRUNK.commits(
                            "non-invite-no-response/cancel",
                            CANCEL,
                            "does not hear CANCEL",
                            () -> deafTo(came -> isRequest(came, "CANCEL"))),
                    TRUNK.commits(
                            "ack-lost",
                            CALL,
                            "does not hear ACK",
                            () -> deafTo(came -> isRequest(came, "ACK"))),
                    TRUNK.commits(
                            "no-bye-after-ack-timeout",
                            CALL,
                            "gives up a call that nobody acknowledges, without BYE",
                            () -> keepingBack(sent -> isRequest(sent, "BYE"))),
                    TRUNK.commits(
                            "private-address-in-contact",
                            CALL,
                            "gives a private address as its Contact",
                            () -> contact("<sip:practice@10.11.12.13:5060>")),
                    TRUNK.commits(
                            "contact-transport-mismatch",
                            CALL,
                            "gives a TCP port as its Contact where nobody listens, in a call over UDP",
                            () -> contact("<sip:practice@192.0.2.1:9;transport=tcp>")),
                    TRUNK.commits(
                            "missing-contact-in-2xx",
                            CALL,
                            "answers INVITE with a 200 without Contact",
                            () -> answering(ok -> ok.without("Contact"))),
                    TRUNK.commits(
                            "framing-content-length",
                            CALL,
                            "promises more octets in Content-Length than it sends",
                            () ->
                                    answering(ok ->
                                            ok.set("Content-Length", ok.body().length() + 32))),
                    TRUNK.commits(
                            "via-response-misrouted",
                            OPTIONS,
                            "sends its responses to another port than the request came from",
                            () ->
                                    sending(
                                            sent -> isResponse(sent, "OPTIONS", 200),
                                            what ->
                                                    what.toPort(
                                                            what.send().to().remote().port() ^ 1))),
                    TRUNK.commits(
                            "session-refresh-missing",
                            CALL,
                            "promises to refresh the session and does not",
                            () ->
                                    inside("INVITE", turn -> turn.reply(Calls.refreshedByUs()))
                                            .and(keepingBack(Calls::refreshes))),
                    TRUNK.commits(
                            "prack-missing-or-unmatched",
                            CALL,
                            "rings reliably and knows no PRACK",
                            () ->
                                    inside("INVITE", Calls::reliably)
                                            .and(refusing("PRACK", 481, "No such RSeq"))),
                    TRUNK.commits(
                            "connection-lost",
                            BRIDGED,
                            "closes the connection over which the callee has registered: 430 Flow Failed",
                            () ->
                                    maybeInside("REGISTER", Calls::closes)
                                            .and(maybeInside("INVITE", Calls::flowFailed))),
                    TRUNK.lures(
                            "route-set-ignored",
                            CALL,
                            "can be reached by way of its Record-Route only",
                            () ->
                                    sending(
                                            TrunkFaults::answersInvite,
                                            what ->
                                                    what.as(
                                                            Calls.behindProxy(
                                                                    what.draft(),
                                                                    what.practice().address())))),
                    TRUNK.lures(
                            "forked-2xx-not-released",
                            CALL,
                            "answers as two phones at once: two 200 with different To tags",
                            () -> new Forks().and(new Forgiving("BYE"))),
                    TRUNK.lures(
                            "cancel-crosses-200",
                            CANCEL,
                            "picks up just when CANCEL comes",
                            () -> new PicksUp().and(new Forgiving("BYE"))),
                    TRUNK.lures(
                            "reinvite-glare",
                            HOLD,
                            "answers the first re-INVITE with 491",
                            Glare::new));

    private TrunkFaults() {}

    private static Mischief answering(UnaryOperator<Draft> how) {
        return rewriting(sent -> isResponse(sent, "INVITE", 200), how);
    }

    private static Mischief contact(String uri) {
        return answering(ok -> ok.set("Contact", uri));
    }

    private static boolean answersInvite(SipMessage sent) {
        return isResponse(sent, "INVITE", 200) || isResponse(sent, "INVITE", 180);
    }
}
