// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Call-ID header: what all messages of one dialog or registration share (RFC 3261 §8.1.1.4 and
/// §20.8).
///
/// @param text compared byte by byte, case included
public record CallId(String text) {
    public static final HeaderKind<CallId> KIND =
            HeaderKind.single(HeaderName.CALL_ID, CallId::read);

    static Field<CallId> read(Slice value) {
        return isCallId(value)
                ? Field.of(new CallId(value.text()))
                : Field.broken("call-id-form", value, "RFC 3261 §20.8");
    }

    /// Whether it is `word [ "@" word ]` (RFC 3261 §25.1, callid).
    static boolean isCallId(Slice value) {
        var at = value.indexOf('@');
        return at < 0
                ? Chars.isWord(value)
                : Chars.isWord(value.sub(0, at)) && Chars.isWord(value.sub(at + 1));
    }
}
