// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Locale;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.StartLine;

/// Who calls whom, as far as it stays the same from one leg to the next: user parts, and of long
/// numbers the last digits, since prefixes come and go.
///
/// @param caller the user of From; empty if it names nobody
/// @param called the user of To
/// @param asked the user of the Request-URI
record Numbers(String caller, String called, String asked) {
    private static final int LAST_DIGITS = 7;
    private static final int LONGEST = 64;

    static Numbers of(SipMessage invite) {
        var asked = invite.start() instanceof StartLine.Request line ? user(line.uri()) : "";
        var caller = user(invite, HeaderName.FROM);
        return new Numbers(
                caller.startsWith("anonymous") ? "" : caller, user(invite, HeaderName.TO), asked);
    }

    private static String user(SipMessage message, HeaderName name) {
        var index = message.indexOf(name);
        return index < 0 ? "" : user(message.value(index));
    }

    /// What stands between the scheme and the at sign, found without reading the rest.
    static String user(Slice address) {
        var bracket = address.indexOf('<');
        var colon = address.indexOf(':', Math.max(0, bracket));
        var at = colon < 0 ? -1 : address.indexOf('@', colon);
        if (at < 0 || at - colon > LONGEST) return "";
        var user = address.sub(colon + 1, at).text();
        var end = user.indexOf(';');
        return lastDigits(end < 0 ? user : user.substring(0, end));
    }

    private static String lastDigits(String user) {
        for (var i = user.startsWith("+") ? 1 : 0; i < user.length(); i++) {
            if (user.charAt(i) < '0' || user.charAt(i) > '9') return user.toLowerCase(Locale.ROOT);
        }
        return user.length() <= LAST_DIGITS ? user : user.substring(user.length() - LAST_DIGITS);
    }
}
