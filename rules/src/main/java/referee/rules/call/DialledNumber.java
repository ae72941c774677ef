// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import java.util.Optional;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.StartLine;

/// A telephone number in a Request-URI, and what of its form a trunk may not take (RFC 3966 §5.1).
final class DialledNumber {
    private static final String MARKS = "+*#-.() ";

    private DialledNumber() {}

    /// The user part as written, escaped spaces replaced, parameters such as `;npdi` left out. Read
    /// without the grammar, since a number with spaces breaks it.
    static String user(SipMessage request) {
        if (!(request.start() instanceof StartLine.Request line)) return "";
        var uri = line.uri();
        var colon = uri.indexOf(':');
        var at = uri.indexOf('@');
        var tel = uri.startsWithIgnoreCase("tel:");
        if (colon < 0 || at < colon && !tel) return "";
        var user = tel ? uri.sub(colon + 1) : uri.sub(colon + 1, at);
        return before(user, ';').text().replace("%20", " ");
    }

    private static Slice before(Slice text, char end) {
        var at = text.indexOf(end);
        return at < 0 ? text : text.sub(0, at);
    }

    static boolean isNumber(String user) {
        return digits(user).length() >= 3
                && user.chars().allMatch(c -> isDigit(c) || MARKS.indexOf(c) >= 0);
    }

    /// What is unusual about its form; empty if it is E.164, or may be an extension.
    static Optional<String> oddity(String user) {
        if (!isNumber(user)) return Optional.empty();
        var digits = digits(user);
        if (user.chars().anyMatch(c -> "-.() ".indexOf(c) >= 0))
            return Optional.of("has spaces or other separators in it");
        if (user.startsWith("+0"))
            return Optional.of("has 0 after the +, where a country code begins");
        if (user.startsWith("00") && digits.length() >= 9)
            return Optional.of("begins with the prefix 00 in place of +");
        if (user.startsWith("011") && digits.length() >= 11)
            return Optional.of("begins with the prefix 011 in place of +");
        if (user.startsWith("9+") || user.startsWith("900") && digits.length() >= 12)
            return Optional.of("begins with an access code");
        if (user.startsWith("0") && digits.length() >= 9)
            return Optional.of("begins with 0 and has no country code");
        return Optional.empty();
    }

    private static String digits(String user) {
        return user.chars()
                .filter(DialledNumber::isDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean isDigit(int c) {
        return c >= '0' && c <= '9';
    }
}
