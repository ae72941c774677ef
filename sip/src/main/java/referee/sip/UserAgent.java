// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The User-Agent header: the software of the client (RFC 3261 §20.41).
///
/// @param text products and comments, as written
public record UserAgent(String text) {
    public static final HeaderKind<UserAgent> KIND =
            HeaderKind.single(HeaderName.USER_AGENT, UserAgent::read);

    static Field<UserAgent> read(Slice value) {
        return value.isEmpty()
                ? Field.broken("user-agent-empty", value, "RFC 3261 §20.41")
                : Field.of(new UserAgent(value.text()));
    }

    /// The first word, up to white space.
    public String product() {
        return new Cursor(Slice.of(text)).until(" \t\r\n").text();
    }
}
