// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A SIP or SIPS URI (RFC 3261 §19.1).
///
/// @param text as written
/// @param secure whether it is a SIPS URI
/// @param user as written, escapes kept; empty if there is none
/// @param password as written; deprecated, and a secret
/// @param host as written; an IPv6 address with its brackets
/// @param port 1 to 65535, or 0 where none is written
/// @param headers what stands behind the question mark, in order
public record SipUri(
        Slice text,
        boolean secure,
        Optional<Slice> user,
        Optional<Slice> password,
        Slice host,
        int port,
        Params params,
        List<Header> headers)
        implements Uri {

    /// @param value as written, escapes kept
    public record Header(Slice name, Slice value) {
        /// The value with its escapes replaced.
        public String unescaped() {
            return Escapes.read(value);
        }
    }

    private static final int MAX_HEADERS = 64;
    private static final String FORM = "RFC 3261 §19.1.1";

    public SipUri {
        headers = List.copyOf(headers);
    }

    static Field<Uri> read(Slice text, int colon) {
        if (!Escapes.areWhole(text))
            return Field.broken("uri-escape-form", text, "RFC 3261 §19.1.2");
        var rest = text.sub(colon + 1);
        var at = endOfUserInfo(rest);
        if (at < 0) return readHost(text, Optional.empty(), Optional.empty(), rest);
        var info = rest.sub(0, at);
        var split = info.indexOf(':');
        var user = split < 0 ? info : info.sub(0, split);
        var password = split < 0 ? Optional.<Slice>empty() : Optional.of(info.sub(split + 1));
        if (user.isEmpty()) return Field.broken("uri-user-empty", text, FORM);
        if (!Chars.areUser(user)) return Field.broken("uri-user-form", text, FORM);
        if (!Chars.arePassword(password.orElse(Slice.EMPTY)))
            return Field.broken("uri-password-form", text, FORM);
        return readHost(text, Optional.of(user), password, rest.sub(at + 1));
    }

    private static Field<Uri> readHost(
            Slice text, Optional<Slice> user, Optional<Slice> password, Slice rest) {
        var cursor = new Cursor(rest);
        var host = host(cursor);
        if (host.isEmpty()) return Field.broken("uri-host-missing", text, FORM);
        var port = 0L;
        if (cursor.take(':')) {
            var digits = cursor.until(";?");
            port = digits.number();
            if (digits.indexOf(':') >= 0)
                return Field.broken("ipv6-brackets-missing", text, "RFC 3261 §25.1");
            if (port < 1 || port > 65535) return Field.broken("uri-port-form", text, FORM);
        }
        var params = Params.ofUri(cursor.until("?"));
        if (params.isEmpty()) return Field.broken("uri-params-form", text, FORM);
        var headers = cursor.take('?') ? headers(cursor.rest()) : Optional.of(List.<Header>of());
        if (headers.isEmpty()) return Field.broken("uri-headers-form", text, FORM);
        var secure = text.at(3) != ':';
        return Field.of(
                new SipUri(
                        text,
                        secure,
                        user,
                        password,
                        host,
                        (int) port,
                        params.get(),
                        headers.get()));
    }

    /// The user with its escapes replaced; empty if there is none.
    public String userText() {
        return user.map(Escapes::read).orElse("");
    }

    /// Scheme, user and host with port, without parameters and headers: the address as people say
    /// it.
    public String address() {
        var name = user.map(u -> u.text() + "@").orElse("");
        return (secure ? "sips:" : "sip:") + name + host.text() + (port == 0 ? "" : ":" + port);
    }

    /// The first header of this name behind the question mark, case apart.
    public Optional<Header> header(String name) {
        return headers.stream().filter(header -> header.name().isIgnoreCase(name)).findFirst();
    }

    /// The host in lower case.
    String hostKey() {
        return host.text().toLowerCase(Locale.ROOT);
    }

    /// As written, without a password.
    @Override
    public String toString() {
        return password.isEmpty() ? text.text() : address();
    }

    /// Where the at sign is that ends the user part, or -1. It cannot stand anywhere else, except
    /// by mistake in the value of a header: `sip:example.com?Replaces=1@example.com`.
    private static int endOfUserInfo(Slice rest) {
        var at = rest.indexOf('@');
        var question = rest.indexOf('?');
        if (question < 0 || at < question) return at;
        var name = new Cursor(rest.sub(question + 1)).until("=&@");
        var known = HeaderName.of(name.bytes(), name.from(), name.to());
        return known == HeaderName.OTHER || name.length() == 1 ? at : -1;
    }

    private static Slice host(Cursor cursor) {
        if (cursor.peek() != '[') return cursor.until(":;? \t\r\n<>\",");
        var inside = cursor.until("]");
        return cursor.take(']')
                ? new Slice(inside.bytes(), inside.from(), inside.to() + 1)
                : Slice.EMPTY;
    }

    private static Optional<List<Header>> headers(Slice text) {
        var found = new ArrayList<Header>();
        var cursor = new Cursor(text);
        while (!cursor.atEnd() && found.size() < MAX_HEADERS) {
            var name = cursor.until("=&");
            if (name.isEmpty() || !cursor.take('=')) return Optional.empty();
            found.add(new Header(name, cursor.until("&")));
            cursor.take('&');
        }
        return Optional.of(found);
    }
}
