// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Set;

/// Values that cannot be read, one header at a time.
final class ValueInspection {
    private static final Set<HeaderName> SECRETS =
            Set.of(
                    HeaderName.WWW_AUTHENTICATE,
                    HeaderName.PROXY_AUTHENTICATE,
                    HeaderName.AUTHORIZATION,
                    HeaderName.PROXY_AUTHORIZATION);

    private ValueInspection() {}

    static void inspect(SipMessage message, Inspection found) {
        for (var kind : Headers.ALL) read(message, kind, found);
        for (var i = 0; i < message.headerCount(); i++) {
            if (SECRETS.contains(message.kind(i))) authentication(message, i, found);
        }
        for (var via : message.values(Via.KIND)) via(via, found);
    }

    private static void read(SipMessage message, HeaderKind<?> kind, Inspection found) {
        for (var i = message.indexOf(kind.name());
                i >= 0;
                i = message.indexOf(kind.name(), i + 1)) {
            if (!kind.list()) {
                found.check(kind.read().apply(message.value(i)));
                continue;
            }
            var parts = Commas.split(message.value(i));
            for (var part : parts) {
                if (part.isEmpty() && parts.size() > 1)
                    found.add("list-element-empty", part, "RFC 3261 §7.3.1");
                else found.check(kind.read().apply(part));
            }
        }
    }

    /// Only the form: what the parameters say is between client and server. Places are names, since
    /// values may be secrets.
    private static void authentication(SipMessage message, int line, Inspection found) {
        var name = message.name(line);
        var all = AuthParams.readAll(message.value(line));
        if (all.isEmpty()) found.add("auth-scheme-missing", name, "RFC 3261 §25.1");
        for (var one : all) {
            if (one.scheme().isEmpty()) found.add("auth-scheme-missing", name, "RFC 3261 §25.1");
            for (var param : one.all()) {
                if (param.form() == AuthParams.Form.UNENDED)
                    found.add("quoted-string-not-closed", param.name(), "RFC 3261 §25.1");
            }
        }
    }

    private static void via(Via via, Inspection found) {
        var branch = via.branch().orElse(Slice.EMPTY);
        if (branch.isIgnoreCase(Via.MAGIC))
            found.add("via-branch-without-identifier", branch, "RFC 3261 §8.1.1.7");
        if (!via.protocol().equalsIgnoreCase("SIP/2.0"))
            found.add("via-version-unknown", via.transport(), "RFC 3261 §8.1.1.7");
        params(via.params(), found);
    }

    /// No parameter twice, none with an equals sign and nothing behind it.
    static void params(Params params, Inspection found) {
        for (var param : params.all()) {
            var first = params.get(param.name().text()).orElse(param);
            if (first.name().from() != param.name().from())
                found.add("param-repeated", param.name(), "RFC 3261 §7.3.1");
            if (param.hasValue() && param.value().isEmpty())
                found.add("param-value-empty", param.name(), "RFC 3261 §25.1");
        }
    }
}
