// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import referee.sip.Slice;

/// What a NOTIFY is to say. Event and its id are added; a header given here stands instead.
///
/// @param state the value of Subscription-State; empty to send none
public record Notice(String state, List<Line> headers, Slice body) {
    public Notice {
        headers = List.copyOf(headers);
    }

    /// Without a body.
    public static Notice of(String state) {
        return new Notice(state, List.of(), Slice.EMPTY);
    }

    /// How the referred request fares (RFC 3515 §2.4.5).
    public static Notice sipfrag(int code, String reason, String state) {
        return of(state)
                .body("message/sipfrag;version=2.0", "SIP/2.0 " + code + " " + reason + "\r\n");
    }

    public Notice with(String name, Object value) {
        var more = new ArrayList<>(headers);
        more.add(new Line(name, String.valueOf(value)));
        return new Notice(state, more, body);
    }

    public Notice body(String type, String text) {
        return new Notice(
                state, with("Content-Type", type).headers, Slice.of(text.getBytes(UTF_8)));
    }

    boolean isLast() {
        return state.toLowerCase(java.util.Locale.ROOT).startsWith("terminated");
    }
}
