// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Server header: the software of the server (RFC 3261 §20.35).
///
/// @param text products and comments, as written
public record Server(String text) {
    public static final HeaderKind<Server> KIND =
            HeaderKind.single(HeaderName.SERVER, Server::read);

    static Field<Server> read(Slice value) {
        return value.isEmpty()
                ? Field.broken("server-empty", value, "RFC 3261 §20.35")
                : Field.of(new Server(value.text()));
    }

    /// The first word, up to white space.
    public String product() {
        return new Cursor(Slice.of(text)).until(" \t\r\n").text();
    }
}
