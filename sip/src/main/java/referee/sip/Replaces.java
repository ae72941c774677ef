// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Replaces header: the dialog that a new one takes the place of (RFC 3891 §6.1).
///
/// @param callId of the dialog to be replaced
/// @param toTag the receiver's own tag in that dialog; empty where it is missing
/// @param fromTag the other side's tag; empty where it is missing
/// @param earlyOnly whether only an early dialog may be replaced
public record Replaces(
        String callId, Optional<String> toTag, Optional<String> fromTag, boolean earlyOnly) {
    public static final HeaderKind<Replaces> KIND =
            HeaderKind.single(HeaderName.REPLACES, Replaces::read);

    static Field<Replaces> read(Slice value) {
        var cursor = new Cursor(value);
        var callId = cursor.until("; \t\r\n");
        var params = Params.read(cursor);
        if (callId.isEmpty() || params.isEmpty())
            return Field.broken("replaces-form", value, "RFC 3891 §6.1");
        return Field.of(
                new Replaces(
                        callId.text(),
                        params.get().text("to-tag"),
                        params.get().text("from-tag"),
                        params.get().has("early-only")));
    }
}
