// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// One Via value: a hop the request took, and where its response goes back to (RFC 3261 §18.2.2 and
/// §20.42).
///
/// @param protocol such as `SIP/2.0`, white space around the slashes left out
/// @param transport as written, such as `UDP`
/// @param host as written; an IPv6 address with its brackets
/// @param port 1 to 65535, or 0 where none is written
public record Via(String protocol, Slice transport, String host, int port, Params params) {
    public static final HeaderKind<Via> KIND = HeaderKind.list(HeaderName.VIA, Via::read);

    /// What every branch of an RFC 3261 element begins with (§8.1.1.7).
    public static final String MAGIC = "z9hG4bK";

    private static final String FORM = "RFC 3261 §20.42";

    public Optional<Slice> branch() {
        return params.get("branch").map(Params.Param::value);
    }

    /// Host and port as sent, such as `192.0.2.10:5060`; the port only where it is written.
    public String sentBy() {
        return port == 0 ? host : host + ":" + port;
    }

    /// Finds the branch without reading the rest: what transactions are matched by on the hot path.
    ///
    /// @param value one Via value; only the part up to the first comma outside quotes is looked at
    /// @return the branch as written, or an empty slice
    public static Slice branchOf(Slice value) {
        return ParamScan.find(value, 0, "branch", true);
    }

    static Field<Via> read(Slice value) {
        var cursor = new Cursor(value);
        var name = cursor.token();
        if (name.isEmpty() || !cursor.takeSeparator('/'))
            return Field.broken("via-form", value, FORM);
        var version = cursor.token();
        if (version.isEmpty() || !cursor.takeSeparator('/'))
            return Field.broken("via-form", value, FORM);
        var transport = cursor.token();
        var gap = cursor.position();
        if (transport.isEmpty() || cursor.skipWhite().position() == gap)
            return Field.broken("via-form", value, FORM);
        var host = cursor.peek() == '[' ? bracketed(cursor) : cursor.until(":; \t\r\n");
        if (host.isEmpty()) return Field.broken("via-host-missing", value, FORM);
        var port = 0L;
        if (cursor.takeSeparator(':')) {
            var digits = cursor.until("; \t\r\n");
            port = digits.number();
            if (digits.indexOf(':') >= 0)
                return Field.broken("ipv6-brackets-missing", value, "RFC 3261 §25.1");
            if (port < 1 || port > 65535) return Field.broken("via-port-form", value, FORM);
        }
        var params = Params.read(cursor);
        if (params.isEmpty()) return Field.broken("via-params-form", value, FORM);
        return Field.of(
                new Via(
                        name.text() + "/" + version.text(),
                        transport,
                        host.text(),
                        (int) port,
                        params.get()));
    }

    private static Slice bracketed(Cursor cursor) {
        var start = cursor.position();
        var inside = cursor.until("]");
        if (!cursor.take(']')) {
            cursor.moveTo(start);
            return Slice.EMPTY;
        }
        return new Slice(inside.bytes(), inside.from(), inside.to() + 1);
    }
}
