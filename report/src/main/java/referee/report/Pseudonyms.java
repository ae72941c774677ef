// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// Other names for people, hosts, numbers and digests: the same one gets the same stand-in
/// throughout, and a stand-in is of the kind of what it stands for. A private address stays
/// private, a number keeps its plus or its zeros, a digest its length.
///
/// Remembers a bounded number; past that, everything of a kind gets one stand-in.
final class Pseudonyms {
    private static final int MOST = 1_000_000;
    private static final String COOKIE = "z9hG4bK";
    private static final Pattern V4 = Pattern.compile("\\d{1,3}(?:\\.\\d{1,3}){3}");
    private static final Pattern V6 =
            Pattern.compile(
                    "(?:[0-9a-f]{1,4}:){7}[0-9a-f]{1,4}|(?=.*::)(?!.*::.*::)[0-9a-f:]*(?::\\d{1,3}(?:\\.\\d{1,3}){3})?");
    private static final Pattern NUMBER = Pattern.compile("[+*#0-9()./~-]*\\d[*#0-9()./~-]*");
    private static final Pattern HEX = Pattern.compile("[0-9a-fA-F]+");

    private final Map<String, String> hosts = new HashMap<>();
    private final Map<String, String> users = new HashMap<>();
    private final Map<String, String> names = new HashMap<>();
    private final Map<String, String> tokens = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();

    /// An address or a name of a host, without port; brackets stay.
    String host(String host) {
        if (host.startsWith("[") && host.endsWith("]"))
            return "[" + host(host.substring(1, host.length() - 1)) + "]";
        var key = host.toLowerCase(Locale.ROOT);
        if (key.isEmpty() || key.equals("localhost") || key.equals("anonymous.invalid"))
            return host;
        if (V4.matcher(key).matches()) return hosts.computeIfAbsent(bounded(hosts, key), this::v4);
        if (isV6(key)) return hosts.computeIfAbsent(bounded(hosts, key), this::v6);
        return hosts.computeIfAbsent(bounded(hosts, key), this::named);
    }

    static boolean isAddress(String text) {
        var key = text.toLowerCase(Locale.ROOT);
        return V4.matcher(key).matches() || isV6(key);
    }

    /// The user part of a URI, or a user name of credentials; escapes count as what they stand for.
    String user(String user) {
        var key = unescaped(user);
        var at = key.indexOf('@');
        if (at >= 0) {
            var sign = user.indexOf('@') >= 0 ? "@" : "%40";
            return user(key.substring(0, at)) + sign + host(key.substring(at + 1));
        }
        if (key.isEmpty() || key.equalsIgnoreCase("anonymous")) return user;
        return users.computeIfAbsent(bounded(users, key), this::stranger);
    }

    /// A name for people, without quotes.
    String name(String name) {
        var key = name.strip();
        if (key.isEmpty() || key.equalsIgnoreCase("anonymous")) return name;
        if (users.containsKey(key) || NUMBER.matcher(key).matches()) return user(key);
        return names.computeIfAbsent(bounded(names, key), _ -> "Name " + next("name"));
    }

    /// A realm: a host where it looks like one.
    String realm(String realm) {
        var at = realm.indexOf('@');
        if (at >= 0) return user(realm.substring(0, at)) + "@" + host(realm.substring(at + 1));
        if (realm.indexOf('.') > 0 && realm.indexOf(' ') < 0 || isAddress(realm))
            return host(realm);
        if (realm.isEmpty()) return realm;
        return tokens.computeIfAbsent(
                bounded(tokens, "realm " + realm), _ -> "realm" + next("realm"));
    }

    /// A Call-ID, or the part of another header that holds one; `@` may stand escaped.
    String callId(String callId) {
        var at = callId.indexOf('@');
        var sign = at >= 0 ? "@" : "%40";
        if (at < 0) at = callId.indexOf("%40");
        var local = unescaped(at < 0 ? callId : callId.substring(0, at));
        var mine =
                local.isEmpty()
                        ? local
                        : tokens.computeIfAbsent(
                                bounded(tokens, "call " + local), _ -> "call" + next("call"));
        return at < 0 ? mine : mine + sign + host(callId.substring(at + sign.length()));
    }

    /// The tag of a dialog; `0` stands for none of RFC 2543 (RFC 3891 §3).
    String tag(String tag) {
        if (tag.isEmpty() || tag.equals("0")) return tag;
        return tokens.computeIfAbsent(bounded(tokens, "tag " + tag), _ -> "tag" + next("tag"));
    }

    /// The branch of a Via, with the cookie of RFC 3261 §8.1.1.7 if it has it.
    String branch(String branch) {
        var cookie = branch.startsWith(COOKIE) ? COOKIE : "";
        if (branch.length() == cookie.length()) return branch;
        return tokens.computeIfAbsent(
                bounded(tokens, "branch " + branch), _ -> cookie + "b" + next("branch"));
    }

    /// A nonce, digest, key or other opaque text: of the same length, and hex where it was hex.
    String opaque(String text) {
        if (text.isEmpty()) return text;
        return tokens.computeIfAbsent(bounded(tokens, "opaque " + text), _ -> sameLength(text));
    }

    /// A word that was met as user, host or name before, wherever it stands now.
    Optional<String> known(String word) {
        var host = hosts.get(word.toLowerCase(Locale.ROOT));
        if (host != null) return Optional.of(host);
        return Optional.ofNullable(users.getOrDefault(word, names.get(word)));
    }

    private String sameLength(String text) {
        var filler = HEX.matcher(text).matches() ? '0' : 'A';
        var number = Integer.toHexString(next("opaque"));
        var missing = text.length() - number.length();
        return missing < 0
                ? number.substring(-missing)
                : Character.toString(filler).repeat(missing) + number;
    }

    private String stranger(String user) {
        return NUMBER.matcher(user).matches() ? number(user) : "user" + next("user");
    }

    private String number(String number) {
        var kept = 0;
        while (kept < number.length() && "+0".indexOf(number.charAt(kept)) >= 0 && kept < 3) kept++;
        var length = (int) number.substring(kept).chars().filter(Character::isDigit).count();
        var digits = String.valueOf(next("number"));
        var missing = length - 1 - digits.length();
        return number.substring(0, kept) + "5" + "5".repeat(Math.max(0, missing)) + digits;
    }

    private String v4(String address) {
        var part = address.split("\\.", 4);
        var first = Integer.parseInt(part[0]);
        var second = Integer.parseInt(part[1]);
        if (first == 0 || first == 127 || first >= 240) return address;
        if (first == 10) return v4("10.%d.%d.%d", next("10"), 1);
        if (first == 172 && second >= 16 && second < 32) return v4("172.%d.%d.%d", next("172"), 17);
        if (first == 192 && second == 168) return "192.168." + pair(next("192.168"));
        if (first == 169 && second == 254) return "169.254." + pair(next("169.254"));
        if (first == 100 && second >= 64 && second < 128)
            return v4("100.%d.%d.%d", next("100"), 65);
        if (first >= 224) return "239.255." + pair(next("239"));
        var number = next("public");
        return number < 250
                ? "203.0.113." + number
                : "198." + (18 + number / 65_000) + "." + pair(number);
    }

    private static String v4(String form, int number, int second) {
        return form.formatted(second + number / 65_000 % 10, number / 250 % 256, number % 250 + 1);
    }

    private static String pair(int number) {
        return number / 250 % 256 + "." + (number % 250 + 1);
    }

    private String v6(String address) {
        if (address.equals("::") || address.equals("::1")) return address;
        var prefix = "2001:db8::";
        if (address.startsWith("fe8")) prefix = "fe80::";
        else if (address.startsWith("fc") || address.startsWith("fd")) prefix = "fd00::";
        return prefix + Integer.toHexString(next("v6"));
    }

    private String named(String host) {
        var number = next("host");
        if (host.endsWith(".invalid")) return "host" + number + ".invalid";
        return host.indexOf('.') < 0 ? "host" + number : "host" + number + ".example";
    }

    private int next(String kind) {
        return counts.merge(kind, 1, Integer::sum);
    }

    /// The key, or once the table is full one for all that is new.
    private static String bounded(Map<String, String> table, String key) {
        return table.size() < MOST || table.containsKey(key) ? key : "";
    }

    private static boolean isV6(String key) {
        return key.indexOf(':') >= 0 && key.length() <= 45 && V6.matcher(key).matches();
    }

    private static String unescaped(String text) {
        if (text.indexOf('%') < 0) return text;
        var out = new java.io.ByteArrayOutputStream();
        for (var i = 0; i < text.length(); i++) {
            var escape =
                    text.charAt(i) == '%'
                            && i + 2 < text.length()
                            && HEX.matcher(text.substring(i + 1, i + 3)).matches();
            if (escape) {
                out.write(Integer.parseInt(text.substring(i + 1, i + 3), 16));
                i += 2;
            } else {
                out.write(text.charAt(i));
            }
        }
        return out.toString(StandardCharsets.ISO_8859_1);
    }
}
