// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import referee.sip.CSeq;
import referee.sip.From;
import referee.sip.HeaderName;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.To;
import referee.stack.Draft;

/// Messages as drafts, and what is asked of them.
final class Written {
    private Written() {}

    /// A response with another code, and everything else as it was but for a body.
    static Draft status(Draft response, int code, String reason) {
        var other = Draft.response(code, reason).with(response.lines());
        return other.without("Content-Type");
    }

    /// The method that CSeq says.
    static String method(SipMessage message) {
        return message.first(CSeq.KIND).optional().map(CSeq::method).orElse("");
    }

    /// The number that CSeq says; 0 if there is none.
    static long number(SipMessage message) {
        return message.first(CSeq.KIND).optional().map(CSeq::number).orElse(0L);
    }

    /// What a request and its responses have in common: Call-ID and number.
    static String key(SipMessage message) {
        return callId(message) + " " + number(message);
    }

    static boolean isRequest(SipMessage message, String method) {
        return message.isRequest() && message.method().equals(method);
    }

    /// @param code 200 stands for every 2xx, and so on
    static boolean isResponse(SipMessage message, String method, int code) {
        return !message.isRequest()
                && message.code() / 100 == code / 100
                && (code % 100 == 0 || message.code() == code)
                && method(message).equals(method);
    }

    static boolean isInDialog(SipMessage request) {
        return request.first(To.KIND).optional().flatMap(To::tag).isPresent();
    }

    /// The user part of To: whom a REGISTER is about.
    static String registrant(SipMessage register) {
        return register.first(To.KIND)
                .optional()
                .map(To::address)
                .map(NameAddr::uri)
                .map(uri -> uri instanceof SipUri sip ? sip.userText() : "")
                .orElse("");
    }

    /// The URI of From; empty if it cannot be read.
    static String caller(SipMessage request) {
        return request.first(From.KIND).optional().map(From::address).map(Written::uri).orElse("");
    }

    /// The URI of To; empty if it cannot be read.
    static String called(SipMessage request) {
        return request.first(To.KIND).optional().map(To::address).map(Written::uri).orElse("");
    }

    private static String uri(NameAddr address) {
        return address.uri() instanceof SipUri sip ? sip.text().text() : "";
    }

    /// Whether it opens a dialog or asks once.
    static boolean isOutside(SipMessage request) {
        return !isInDialog(request);
    }

    /// The Call-ID; empty if there is none.
    static String callId(SipMessage message) {
        return message.raw(HeaderName.CALL_ID).map(Slice::text).orElse("");
    }

    /// Whether From or To is this user.
    static boolean names(SipMessage message, String user) {
        var from = message.first(From.KIND).optional().map(From::address);
        var to = message.first(To.KIND).optional().map(To::address);
        return from.filter(one -> isUser(one, user)).isPresent()
                || to.filter(one -> isUser(one, user)).isPresent();
    }

    private static boolean isUser(NameAddr address, String user) {
        return address.uri() instanceof SipUri sip && sip.userText().equals(user);
    }
}
