// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Target-Dialog header: a dialog the sender knows of, as a reason to trust its request (RFC
/// 4538 §7).
///
/// @param localTag the receiver's own tag in that dialog
/// @param remoteTag the sender's side's tag
public record TargetDialog(String callId, Optional<String> localTag, Optional<String> remoteTag) {
    public static final HeaderKind<TargetDialog> KIND =
            HeaderKind.single(HeaderName.TARGET_DIALOG, TargetDialog::read);

    static Field<TargetDialog> read(Slice value) {
        var cursor = new Cursor(value);
        var callId = cursor.until("; \t\r\n");
        var params = Params.read(cursor);
        if (!CallId.isCallId(callId) || params.isEmpty())
            return Field.broken("target-dialog-form", value, "RFC 4538 §7");
        return Field.of(
                new TargetDialog(
                        callId.text(),
                        params.get().text("local-tag"),
                        params.get().text("remote-tag")));
    }
}
