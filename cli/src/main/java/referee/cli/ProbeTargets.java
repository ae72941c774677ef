// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import referee.agent.ProbePlan;
import referee.sip.SipUri;
import referee.sip.Slice;

/// Whom an exporter may be asked to probe: patterns of `[user@]host[:port]`. In user and host a `*`
/// stands for anything; the host may also be a network, such as `192.0.2.0/24`.
record ProbeTargets(List<Pattern> patterns) {
    /// Parameters that neither lead elsewhere nor make another request of it.
    private static final List<String> HARMLESS = List.of("transport", "user", "lr");

    private static final int LONGEST = 512;

    /// One pattern.
    ///
    /// @param user any user where empty
    /// @param port any port where empty
    record Pattern(Optional<String> user, String host, Optional<Integer> port) {
        boolean matches(SipUri uri) {
            var name = uri.user().map(Slice::text).orElse("");
            return user.map(one -> isLike(one, name)).orElse(true)
                    && port.map(one -> one == uri.port()).orElse(true)
                    && isHost(bare(uri.host().text()));
        }

        private boolean isHost(String other) {
            var slash = host.indexOf('/');
            if (slash < 0) return isLike(host, other);
            return literal(other)
                    .map(address -> isWithin(address, Integer.parseInt(host.substring(slash + 1))))
                    .orElse(false);
        }

        private boolean isWithin(byte[] address, int bits) {
            var network = literal(host.substring(0, host.indexOf('/'))).orElseThrow();
            if (network.length != address.length) return false;
            for (var bit = 0; bit < bits; bit++) {
                var mask = 0x80 >> bit % 8;
                if ((network[bit / 8] & mask) != (address[bit / 8] & mask)) return false;
            }
            return true;
        }
    }

    ProbeTargets {
        patterns = List.copyOf(patterns);
    }

    /// @throws ProbeModule.Unusable if one is no pattern
    static ProbeTargets of(List<String> patterns) throws ProbeModule.Unusable {
        var read = new java.util.ArrayList<Pattern>();
        for (var one : patterns) read.add(pattern(one));
        return new ProbeTargets(read);
    }

    private static Pattern pattern(String text) throws ProbeModule.Unusable {
        var at = text.lastIndexOf('@');
        var user = at < 0 ? Optional.<String>empty() : Optional.of(text.substring(0, at));
        var rest = text.substring(at + 1).toLowerCase(Locale.ROOT);
        if (isNetwork(rest)) return new Pattern(user, rest, Optional.empty());
        var colon = rest.lastIndexOf(':');
        var digits = colon > rest.lastIndexOf(']') ? rest.substring(colon + 1) : "";
        var host = bare(digits.isEmpty() ? rest : rest.substring(0, colon));
        if (host.isEmpty() || !host.matches("[a-z0-9.*:_-]+") || !digits.matches("[0-9]{0,5}"))
            throw new ProbeModule.Unusable(
                    "%s is no pattern of targets; write pbx.example.com, *.example.com, 192.0.2.0/24 or bob@host:5060"
                            .formatted(text));
        return new Pattern(
                user,
                host,
                digits.isEmpty() ? Optional.empty() : Optional.of(Integer.parseInt(digits)));
    }

    private static boolean isNetwork(String text) {
        var slash = text.indexOf('/');
        if (slash < 0 || !text.substring(slash + 1).matches("[0-9]{1,3}")) return false;
        var address = literal(text.substring(0, slash));
        var bits = Integer.parseInt(text.substring(slash + 1));
        return address.isPresent() && bits <= address.get().length * 8;
    }

    boolean isEmpty() {
        return patterns.isEmpty();
    }

    boolean allow(SipUri uri) {
        return patterns.stream().anyMatch(one -> one.matches(uri));
    }

    /// The SIP URI that a target means: `pbx.example.com` and `192.0.2.1:5060` are taken as well.
    ///
    /// @param user of the module, for a registration of a target without one
    /// @throws ProbeModule.Unusable if it is none, or one that leads elsewhere than it says
    static String uri(String target, ProbePlan.Kind kind, Optional<String> user)
            throws ProbeModule.Unusable {
        if (target.length() > LONGEST)
            throw new ProbeModule.Unusable("the target has more than " + LONGEST + " characters");
        var lower = target.toLowerCase(Locale.ROOT);
        var whole =
                lower.startsWith("sip:") || lower.startsWith("sips:") ? target : "sip:" + target;
        var read = ProbeModule.sip("the target", whole);
        for (var one : read.params().all())
            if (!HARMLESS.contains(one.name().text().toLowerCase(Locale.ROOT)))
                throw new ProbeModule.Unusable(
                        "the target has the parameter "
                                + one.name().text()
                                + ", which is not allowed");
        if (!read.headers().isEmpty() || read.password().isPresent())
            throw new ProbeModule.Unusable("a target has no password and no headers");
        if (kind != ProbePlan.Kind.REGISTER || read.user().isPresent()) return whole;
        var name =
                user.orElseThrow(() ->
                        new ProbeModule.Unusable(
                                "the target of a registration is an address-of-record, such as sip:alice@example.com"));
        var colon = whole.indexOf(':') + 1;
        return whole.substring(0, colon) + name + "@" + whole.substring(colon);
    }

    private static Optional<byte[]> literal(String host) {
        try {
            return Optional.of(InetAddress.ofLiteral(host).getAddress());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String bare(String host) {
        var lower = host.toLowerCase(Locale.ROOT);
        return lower.startsWith("[") && lower.endsWith("]")
                ? lower.substring(1, lower.length() - 1)
                : lower;
    }

    /// Whether a text is like a pattern in which `*` stands for anything. Takes time in proportion
    /// to the product of their lengths.
    static boolean isLike(String pattern, String text) {
        int p = 0;
        int t = 0;
        int star = -1;
        int mark = 0;
        while (t < text.length()) {
            if (p < pattern.length() && pattern.charAt(p) == '*') {
                star = p++;
                mark = t;
            } else if (p < pattern.length() && pattern.charAt(p) == text.charAt(t)) {
                p++;
                t++;
            } else if (star >= 0) {
                p = star + 1;
                t = ++mark;
            } else return false;
        }
        while (p < pattern.length() && pattern.charAt(p) == '*') p++;
        return p == pattern.length();
    }
}
