// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import org.jspecify.annotations.Nullable;

/// The header names that something here reads, and their compact forms (RFC 3261 §7.3.3 and §20).
///
/// Names are compared by length and bytes, case apart; no string is made.
public enum HeaderName {
    ACCEPT("Accept"),
    ALLOW("Allow"),
    ALLOW_EVENTS("Allow-Events", 'u'),
    AUTHENTICATION_INFO("Authentication-Info"),
    AUTHORIZATION("Authorization"),
    CALL_ID("Call-ID", 'i'),
    CONTACT("Contact", 'm'),
    CONTENT_DISPOSITION("Content-Disposition"),
    CONTENT_ENCODING("Content-Encoding", 'e'),
    CONTENT_LENGTH("Content-Length", 'l'),
    CONTENT_TYPE("Content-Type", 'c'),
    CSEQ("CSeq"),
    DATE("Date"),
    EVENT("Event", 'o'),
    EXPIRES("Expires"),
    FROM("From", 'f'),
    MAX_FORWARDS("Max-Forwards"),
    MIN_EXPIRES("Min-Expires"),
    MIN_SE("Min-SE"),
    P_ASSERTED_IDENTITY("P-Asserted-Identity"),
    PROXY_AUTHENTICATE("Proxy-Authenticate"),
    PROXY_AUTHENTICATION_INFO("Proxy-Authentication-Info"),
    PROXY_AUTHORIZATION("Proxy-Authorization"),
    PROXY_REQUIRE("Proxy-Require"),
    RACK("RAck"),
    REASON("Reason"),
    RECORD_ROUTE("Record-Route"),
    REFER_EVENTS_AT("Refer-Events-At"),
    REFER_SUB("Refer-Sub"),
    REFER_TO("Refer-To", 'r'),
    REFERRED_BY("Referred-By", 'b'),
    REPLACES("Replaces"),
    REQUIRE("Require"),
    RETRY_AFTER("Retry-After"),
    ROUTE("Route"),
    RSEQ("RSeq"),
    SERVER("Server"),
    SESSION_EXPIRES("Session-Expires", 'x'),
    SESSION_ID("Session-ID"),
    SUBJECT("Subject", 's'),
    SUBSCRIPTION_STATE("Subscription-State"),
    SUPPORTED("Supported", 'k'),
    TARGET_DIALOG("Target-Dialog"),
    TO("To", 't'),
    UNSUPPORTED("Unsupported"),
    USER_AGENT("User-Agent"),
    VIA("Via", 'v'),
    WARNING("Warning"),
    WWW_AUTHENTICATE("WWW-Authenticate"),

    /// Any other header; its name is in the message.
    OTHER("");

    private static final int LONGEST = 32;
    private static final HeaderName[][] BY_LENGTH = byLength();
    private static final @Nullable HeaderName[] BY_LETTER = byLetter();

    private final String text;
    private final char compact;

    HeaderName(String text) {
        this(text, '\0');
    }

    HeaderName(String text, char compact) {
        this.text = text;
        this.compact = compact;
    }

    /// The name as its RFC writes it; empty for [#OTHER].
    public String text() {
        return text;
    }

    /// The one-letter form, or NUL where there is none.
    public char compact() {
        return compact;
    }

    /// Finds a name, long or compact, case apart; [#OTHER] if it is none of these.
    public static HeaderName named(String name) {
        var bytes = name.getBytes(java.nio.charset.StandardCharsets.UTF_8);
        return of(bytes, 0, bytes.length);
    }

    /// Finds the name in these bytes, long or compact, case apart.
    static HeaderName of(byte[] bytes, int from, int to) {
        var length = to - from;
        if (length == 1) {
            var letter = Slice.lower(bytes[from]) - 'a';
            var known = letter >= 0 && letter < 26 ? BY_LETTER[letter] : null;
            return known == null ? OTHER : known;
        }
        if (length >= LONGEST || length < 1) return OTHER;
        for (var name : BY_LENGTH[length]) {
            if (name.matches(bytes, from)) return name;
        }
        return OTHER;
    }

    private boolean matches(byte[] bytes, int from) {
        for (var i = 0; i < text.length(); i++) {
            if (bytes[from + i] != text.charAt(i)
                    && Slice.lower(bytes[from + i]) != Slice.lower((byte) text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    private static HeaderName[][] byLength() {
        var table = new HeaderName[LONGEST][];
        for (var length = 0; length < LONGEST; length++) {
            var wanted = length;
            table[length] =
                    java.util.Arrays.stream(values())
                            .filter(name -> name != OTHER && name.text.length() == wanted)
                            .toArray(HeaderName[]::new);
        }
        return table;
    }

    private static @Nullable HeaderName[] byLetter() {
        var table = new @Nullable HeaderName[26];
        for (var name : values()) {
            if (name.compact != '\0') table[name.compact - 'a'] = name;
        }
        return table;
    }
}
