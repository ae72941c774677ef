// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Session-Expires header: how long a session lasts without a refresh, and who refreshes it
/// (RFC 4028 §4).
///
/// @param seconds 0 to 2^32 - 1
/// @param refresher empty where none is named, or another word than `uac` and `uas`
public record SessionExpires(long seconds, Optional<Refresher> refresher) {
    public static final HeaderKind<SessionExpires> KIND =
            HeaderKind.single(HeaderName.SESSION_EXPIRES, SessionExpires::read);

    /// The side of the transaction that is to refresh.
    public enum Refresher {
        UAC,
        UAS
    }

    static Field<SessionExpires> read(Slice value) {
        var cursor = new Cursor(value);
        var digits = cursor.token();
        var params = Params.read(cursor);
        if (params.isEmpty()) return Field.broken("session-expires-form", value, "RFC 4028 §4");
        return Numbers.read(digits, Numbers.MAX_32_BITS, "session-expires", "RFC 4028 §4")
                .map(seconds -> new SessionExpires(seconds, refresher(params.get())));
    }

    private static Optional<Refresher> refresher(Params params) {
        var word = params.text("refresher").orElse("");
        for (var side : Refresher.values()) {
            if (side.name().equalsIgnoreCase(word)) return Optional.of(side);
        }
        return Optional.empty();
    }
}
