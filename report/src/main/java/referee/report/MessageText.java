// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.ArrayList;
import java.util.List;
import referee.sip.SipMessage;

/// A message as a person reads it: a header a line, secrets masked.
final class MessageText {
    private MessageText() {}

    static String start(SipMessage message) {
        return Masking.line(Masking.uris(message.start().line().text()));
    }

    /// Headers, an empty line and the body, without the start line.
    static List<String> lines(SipMessage message) {
        var lines = new ArrayList<String>();
        for (var header : message.headers()) {
            var value = Masking.header(header.kind(), header.value().text());
            lines.add(Masking.line(header.name().text()) + ": " + value);
        }
        if (message.body().isEmpty()) return lines;
        lines.add("");
        for (var text : message.body().text().lines().toList()) lines.add(Masking.body(text));
        return lines;
    }
}
