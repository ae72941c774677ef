// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import referee.sip.Slice;

/// A response as the application wants it. Via, From, To, Call-ID, CSeq, Record-Route, Contact and
/// Content-Length are added; a header given here stands instead of the added one.
///
/// @param reliable whether a provisional one is sent reliably where the caller allows it (RFC 3262)
public record Reply(int code, String reason, List<Line> headers, Slice body, boolean reliable) {
    public Reply {
        headers = List.copyOf(headers);
    }

    public static Reply of(int code) {
        return of(code, Phrases.of(code));
    }

    public static Reply of(int code, String reason) {
        return new Reply(code, reason, List.of(), Slice.EMPTY, false);
    }

    public Reply with(String name, Object value) {
        var more = new ArrayList<>(headers);
        more.add(new Line(name, String.valueOf(value)));
        return new Reply(code, reason, more, body, reliable);
    }

    public Reply body(String type, String text) {
        var typed = with("Content-Type", type);
        return new Reply(code, reason, typed.headers, Slice.of(text.getBytes(UTF_8)), reliable);
    }

    public Reply reliably() {
        return new Reply(code, reason, headers, body, true);
    }
}
