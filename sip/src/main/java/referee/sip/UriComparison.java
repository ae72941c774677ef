// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.List;

/// Equivalence of SIP URIs (RFC 3261 §19.1.4).
final class UriComparison {
    /// These count even if only one URI has them.
    private static final List<String> ALWAYS = List.of("user", "ttl", "method", "maddr");

    private UriComparison() {}

    static boolean same(SipUri one, SipUri other) {
        return one.secure() == other.secure()
                && one.user().isPresent() == other.user().isPresent()
                && one.userText().equals(other.userText())
                && one.password().map(Escapes::read).equals(other.password().map(Escapes::read))
                && one.hostKey().equals(other.hostKey())
                && one.port() == other.port()
                && params(one.params(), other.params())
                && headers(one, other)
                && headers(other, one);
    }

    private static boolean params(Params one, Params other) {
        for (var name : ALWAYS) {
            if (one.has(name) != other.has(name)) return false;
        }
        for (var param : one.all()) {
            var twin = other.get(param.name().text());
            if (twin.isPresent() && !unescaped(param).equalsIgnoreCase(unescaped(twin.get())))
                return false;
        }
        return true;
    }

    private static String unescaped(Params.Param param) {
        return Escapes.read(param.value());
    }

    private static boolean headers(SipUri one, SipUri other) {
        return one.headers().stream()
                .allMatch(header ->
                        other.header(header.name().text())
                                .filter(twin -> twin.unescaped().equals(header.unescaped()))
                                .isPresent());
    }
}
