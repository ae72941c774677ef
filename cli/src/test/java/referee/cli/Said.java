// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import referee.sip.CSeq;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.StartLine;
import referee.sip.To;

/// What the tests ask of a message.
final class Said {
    private Said() {}

    static boolean isRequest(SipMessage message, String method) {
        return message.isRequest() && message.method().equals(method);
    }

    static boolean isAnswer(SipMessage message, String method, int code) {
        return !message.isRequest()
                && message.code() == code
                && message.first(CSeq.KIND)
                        .optional()
                        .filter(cseq -> cseq.method().equals(method))
                        .isPresent();
    }

    static boolean isStaleChallenge(SipMessage message) {
        return !message.isRequest() && Challenge.all(message).stream().anyMatch(Challenge::isStale);
    }

    static boolean hasCredentials(SipMessage message) {
        return message.isRequest() && !Credentials.all(message).isEmpty();
    }

    static boolean isForTrunk(SipMessage message) {
        return message.isRequest() && message.has(HeaderName.PROXY_AUTHORIZATION);
    }

    static boolean isInDialog(SipMessage message) {
        return message.isRequest() && !toTag(message).isEmpty();
    }

    static String toTag(SipMessage message) {
        return message.first(To.KIND).optional().flatMap(To::tag).map(Object::toString).orElse("");
    }

    /// Whether its credentials are over its Request-URI.
    static boolean isOfItsUri(SipMessage message) {
        return Credentials.all(message).stream()
                .anyMatch(one -> one.uri().filter(uri(message)::equals).isPresent());
    }

    static String uri(SipMessage message) {
        return message.start() instanceof StartLine.Request start ? start.uri().text() : "";
    }
}
