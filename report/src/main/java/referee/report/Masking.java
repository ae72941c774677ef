// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.Locale;
import referee.sip.HeaderName;

/// Keeps secrets out of whatever is printed: the digests of credentials, and passwords in URIs.
final class Masking {
    private static final String MASK = "***";

    private Masking() {}

    /// The value of a header, fit to be printed on one line.
    static String header(HeaderName name, String value) {
        var shown =
                switch (name) {
                    case AUTHORIZATION,
                            PROXY_AUTHORIZATION,
                            AUTHENTICATION_INFO,
                            PROXY_AUTHENTICATION_INFO ->
                            credentials(value);
                    default -> uris(value);
                };
        return line(shown);
    }

    /// Words that may hold values from the wire: on one line, without passwords.
    static String words(String text) {
        return line(uris(text));
    }

    /// A line of a body: the keys of SDP's crypto lines are secrets (RFC 4568 §9.1).
    static String body(String text) {
        var key = text.toLowerCase(Locale.ROOT).indexOf("inline:");
        var shown =
                text.startsWith("a=crypto:") && key >= 0 ? text.substring(0, key + 7) + MASK : text;
        return words(shown);
    }

    /// Text from the wire on one line: control characters, line ends included, become spaces.
    static String line(String text) {
        var plain = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> Character.isISOControl(c) || isDirection(c) ? ' ' : c)
                .forEach(plain::appendCodePoint);
        return plain.toString();
    }

    /// Credentials with every value that proves knowledge of the password replaced. A scheme that
    /// is not Digest may hold the password itself, so nothing of it is shown.
    private static String credentials(String value) {
        var scheme = value.strip();
        var digest = scheme.regionMatches(true, 0, "Digest", 0, 6);
        var bare =
                scheme.indexOf('=') >= 0
                        && (scheme.indexOf(' ') < 0 || scheme.indexOf('=') < scheme.indexOf(' '));
        if (!digest && !bare) return scheme.split(" ", 2)[0] + " " + MASK;
        var shown = mask(value, "response");
        return mask(mask(shown, "rspauth"), "auts");
    }

    private static String mask(String value, String name) {
        var from = indexOfParam(value, name);
        if (from < 0) return value;
        var quoted = from < value.length() && value.charAt(from) == '"';
        var end = quoted ? value.indexOf('"', from + 1) : value.indexOf(',', from);
        if (end < 0) end = value.length();
        else if (quoted) end++;
        return value.substring(0, from)
                + (quoted ? "\"" + MASK + "\"" : MASK)
                + mask(value.substring(end), name);
    }

    /// Where the value of this parameter begins, or -1.
    private static int indexOfParam(String value, String name) {
        for (var at = 0; at + name.length() < value.length(); at++) {
            if (!value.regionMatches(true, at, name, 0, name.length())) continue;
            if (at > 0 && Character.isLetterOrDigit(value.charAt(at - 1))) continue;
            var equals = skipBlanks(value, at + name.length());
            if (equals < value.length() && value.charAt(equals) == '=')
                return skipBlanks(value, equals + 1);
        }
        return -1;
    }

    private static int skipBlanks(String value, int from) {
        var at = from;
        while (at < value.length() && Character.isWhitespace(value.charAt(at))) at++;
        return at;
    }

    /// A password in the user part of a URI is a secret as well (RFC 3261 §19.1.1).
    static String uris(String value) {
        var shown = value;
        for (var scheme : new String[] {"sip:", "sips:"}) shown = password(shown, scheme);
        return shown;
    }

    private static String password(String value, String scheme) {
        var start = indexOf(value, scheme);
        if (start < 0) return value;
        var from = start + scheme.length();
        var at = from;
        while (at < value.length() && "@<> \"".indexOf(value.charAt(at)) < 0) at++;
        var colon = value.indexOf(':', from);
        var rest = password(value.substring(at), scheme);
        if (at == value.length() || value.charAt(at) != '@' || colon < 0 || colon > at)
            return value.substring(0, at) + rest;
        return value.substring(0, colon + 1) + MASK + rest;
    }

    /// Where these characters first stand, case apart, or -1.
    private static int indexOf(String value, String ascii) {
        for (var at = 0; at + ascii.length() <= value.length(); at++) {
            if (value.regionMatches(true, at, ascii, 0, ascii.length())) return at;
        }
        return -1;
    }

    private static boolean isDirection(int c) {
        return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069;
    }
}
