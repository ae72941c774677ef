// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.List;
import java.util.Optional;
import referee.sip.CallId;
import referee.sip.HeaderName;
import referee.sip.NameAddr;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.StartLine;

/// Parts of a message as they are written.
final class Copies {
    private Copies() {}

    /// The first value of this name; empty text where there is none.
    static String value(SipMessage message, HeaderName name) {
        return message.raw(name).map(Slice::text).orElse("");
    }

    /// Every line of this name, in order.
    static List<Line> lines(SipMessage message, HeaderName name) {
        return message.headers().stream()
                .filter(header -> header.kind() == name)
                .map(header -> new Line(name.text(), header.value().text()))
                .toList();
    }

    static String uri(SipMessage request) {
        return request.start() instanceof StartLine.Request start ? start.uri().text() : "";
    }

    static String callId(SipMessage message) {
        return message.first(CallId.KIND)
                .optional()
                .map(CallId::text)
                .orElseGet(() -> value(message, HeaderName.CALL_ID));
    }

    static String fromTag(SipMessage message) {
        return tag(message, HeaderName.FROM);
    }

    static String toTag(SipMessage message) {
        return tag(message, HeaderName.TO);
    }

    private static String tag(SipMessage message, HeaderName name) {
        Optional<Slice> value = message.raw(name);
        return value.map(NameAddr::tagOf).map(Slice::text).orElse("");
    }
}
