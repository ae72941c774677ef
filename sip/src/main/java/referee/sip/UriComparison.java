// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Equivalence of URIs (RFC 3261 §19.1.4, RFC 3966 §4).
///
/// Two ways to write one IPv6 address are not seen as the same host.
final class UriComparison {
    /// These count even if only one URI has them.
    private static final List<String> ALWAYS =
            List.of("user", "ttl", "method", "maddr", "transport");

    private UriComparison() {}

    static boolean same(Uri one, Uri other) {
        return switch (one) {
            case SipUri sip -> other instanceof SipUri twin && same(sip, twin);
            case TelUri tel -> other instanceof TelUri twin && same(tel, twin);
            case OtherUri _ -> other instanceof OtherUri && one.text().same(other.text());
        };
    }

    private static boolean same(SipUri one, SipUri other) {
        return one.secure() == other.secure()
                && same(one.user(), other.user())
                && same(one.password(), other.password())
                && one.hostKey().equals(other.hostKey())
                && one.port() == other.port()
                && ALWAYS.stream()
                        .allMatch(name ->
                                find(one.params(), name).isPresent()
                                        == find(other.params(), name).isPresent())
                && agree(one.params(), other.params())
                && headers(one, other)
                && headers(other, one);
    }

    private static boolean same(TelUri one, TelUri other) {
        return one.digits().equalsIgnoreCase(other.digits())
                && named(one.params(), other.params())
                && named(other.params(), one.params())
                && agree(one.params(), other.params());
    }

    private static boolean same(Optional<Slice> one, Optional<Slice> other) {
        return one.map(Escapes::normal).equals(other.map(Escapes::normal));
    }

    /// Whether each parameter that both have is the same in both.
    private static boolean agree(Params one, Params other) {
        for (var param : one.all()) {
            var twin = find(other, name(param));
            if (twin.isPresent() && !value(param).equals(value(twin.get()))) return false;
        }
        return true;
    }

    /// Whether the second has each of the first's parameters.
    private static boolean named(Params one, Params other) {
        return one.all().stream().allMatch(param -> find(other, name(param)).isPresent());
    }

    private static Optional<Params.Param> find(Params params, String name) {
        return params.all().stream().filter(param -> name(param).equals(name)).findFirst();
    }

    private static String name(Params.Param param) {
        return Escapes.normal(param.name()).toLowerCase(Locale.ROOT);
    }

    private static String value(Params.Param param) {
        return Escapes.normal(param.value()).toLowerCase(Locale.ROOT);
    }

    private static boolean headers(SipUri one, SipUri other) {
        return one.headers().stream()
                .allMatch(header ->
                        other.header(Escapes.read(header.name()))
                                .filter(twin -> same(header, twin))
                                .isPresent());
    }

    private static boolean same(SipUri.Header one, SipUri.Header other) {
        return Escapes.normal(one.value()).equals(Escapes.normal(other.value()));
    }
}
