// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/// A body of several parts (RFC 2046 §5.1.1).
final class Multipart {
    private static final int MAX_PARTS = 32;

    private Multipart() {}

    /// Finds the first part of this type, such as `application/sdp`. Parts inside parts are not
    /// looked into.
    ///
    /// @param type of the whole body
    static Optional<Slice> part(Slice body, ContentType type, String wanted) {
        var boundary = type.params().text("boundary").orElse("");
        if (!type.type().equalsIgnoreCase("multipart") || boundary.isEmpty())
            return Optional.empty();
        var delimiter = ("--" + boundary).getBytes(UTF_8);
        var from = find(body, delimiter, 0);
        for (var n = 0; n < MAX_PARTS && from >= 0; n++) {
            var next = find(body, delimiter, from + delimiter.length);
            var part = body.sub(from + delimiter.length, next < 0 ? body.length() : next);
            var content = content(part, wanted);
            if (content.isPresent()) return content;
            from = next;
        }
        return Optional.empty();
    }

    /// What follows the part's headers, if they name this type.
    private static Optional<Slice> content(Slice part, String wanted) {
        var cursor = new Cursor(part);
        cursor.until("\n");
        var typed = false;
        while (cursor.take('\n')) {
            var line = cursor.until("\n").trim();
            if (line.isEmpty()) {
                cursor.take('\n');
                return typed ? Optional.of(withoutLineEnd(cursor.rest())) : Optional.empty();
            }
            if (line.startsWithIgnoreCase("Content-Type:")) {
                typed = isType(ContentType.read(line.sub(13).trim()), wanted);
            }
        }
        return Optional.empty();
    }

    private static boolean isType(Field<ContentType> type, String wanted) {
        return type.optional().map(one -> one.is(wanted)).orElse(false);
    }

    /// The line end before a delimiter belongs to the delimiter.
    private static Slice withoutLineEnd(Slice content) {
        var to = content.length();
        if (to > 0 && content.at(to - 1) == '\n') to--;
        if (to > 0 && content.at(to - 1) == '\r') to--;
        return content.sub(0, to);
    }

    /// Where this delimiter begins a line, or -1.
    private static int find(Slice body, byte[] delimiter, int start) {
        for (var i = start; i <= body.length() - delimiter.length; i++) {
            if (i > 0 && body.at(i - 1) != '\n') continue;
            if (body.sub(i, i + delimiter.length).same(Slice.of(delimiter))) return i;
        }
        return -1;
    }
}
