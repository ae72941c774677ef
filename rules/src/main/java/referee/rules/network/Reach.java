// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import java.util.Locale;
import referee.sip.Slice;

/// From where a host can be reached, as far as its address tells.
enum Reach {
    PUBLIC,
    /// Only from inside its own network (RFC 1918, RFC 6598, RFC 3927, RFC 4193, RFC 4291 §2.5.6).
    PRIVATE,
    /// From no other machine: loopback, zeros, or a name below `.invalid` (RFC 2606 §2).
    NOWHERE,
    /// A name, of which only DNS could tell.
    NAME;

    /// @param host an address, IPv6 with or without brackets, or a name
    static Reach of(String host) {
        var plain = host.toLowerCase(Locale.ROOT).replace("[", "").replace("]", "");
        if (plain.indexOf(':') >= 0) return v6(plain);
        var octets = plain.split("\\.", -1);
        if (octets.length != 4 || !isNumeric(octets)) return name(plain);
        return v4(Integer.parseInt(octets[0]), Integer.parseInt(octets[1]));
    }

    boolean isPublic() {
        return this == PUBLIC;
    }

    private static Reach v4(int first, int second) {
        if (first == 0 || first == 127) return NOWHERE;
        var isPrivate =
                first == 10
                        || first == 172 && second >= 16 && second < 32
                        || first == 192 && second == 168
                        || first == 169 && second == 254
                        || first == 100 && second >= 64 && second < 128;
        return isPrivate ? PRIVATE : PUBLIC;
    }

    private static Reach v6(String host) {
        if (host.equals("::") || host.equals("::1")) return NOWHERE;
        var first = host.startsWith("fc") || host.startsWith("fd");
        var linkLocal = host.startsWith("fe") && "89ab".indexOf(host.charAt(2)) >= 0;
        return first || linkLocal ? PRIVATE : PUBLIC;
    }

    private static Reach name(String host) {
        return host.endsWith(".invalid") || host.equals("localhost") ? NOWHERE : NAME;
    }

    private static boolean isNumeric(String... octets) {
        for (var octet : octets) {
            var number = Slice.of(octet).number();
            if (number < 0 || number > 255) return false;
        }
        return true;
    }
}
