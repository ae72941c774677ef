// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Session-ID header: what stays the same end to end, across B2BUAs (RFC 7989 §5).
///
/// @param local the sender's half: 32 hex digits, as written
/// @param remote the other side's half; empty in the older form of RFC 7329
public record SessionId(String local, Optional<String> remote) {
    public static final HeaderKind<SessionId> KIND =
            HeaderKind.single(HeaderName.SESSION_ID, SessionId::read);

    private static final String NIL = "0".repeat(32);

    static Field<SessionId> read(Slice value) {
        var cursor = new Cursor(value);
        var local = cursor.token();
        var params = Params.read(cursor);
        var remote = params.flatMap(all -> all.get("remote"));
        if (!isUuid(local)
                || params.isEmpty()
                || !remote.map(param -> isUuid(param.value())).orElse(true))
            return Field.broken("session-id-form", value, "RFC 7989 §5");
        return Field.of(new SessionId(local.text(), remote.map(Params.Param::text)));
    }

    /// Whether the other half is not known yet: all zeros.
    public boolean isRemoteNil() {
        return remote.map(NIL::equals).orElse(false);
    }

    private static boolean isUuid(Slice text) {
        for (var i = 0; i < text.length(); i++) {
            if (Chars.hex(text.at(i)) < 0) return false;
        }
        return text.length() == 32;
    }
}
