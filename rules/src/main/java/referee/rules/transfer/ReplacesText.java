// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import java.util.Optional;
import referee.sip.Slice;

/// What stands behind `Replaces=` in a Refer-To, as written (RFC 3261 §19.1.1, RFC 3891 §6.1).
///
/// @param raw up to the next header of the URI or the closing bracket, escapes kept
record ReplacesText(Slice raw) {
    private static final String NAME = "replaces=";

    static boolean isIn(Slice referTo) {
        return of(referTo).isPresent();
    }

    /// @param referTo the value of a Refer-To header
    static Optional<ReplacesText> of(Slice referTo) {
        var question = referTo.indexOf('?');
        for (var i = Math.max(0, question); question >= 0 && i < referTo.length(); i++) {
            var c = referTo.at(i);
            if (c != '?' && c != '&' || !referTo.sub(i + 1).startsWithIgnoreCase(NAME)) continue;
            var value = referTo.sub(i + 1 + NAME.length());
            return Optional.of(new ReplacesText(value.sub(0, end(value))));
        }
        return Optional.empty();
    }

    private static int end(Slice value) {
        for (var i = 0; i < value.length(); i++) {
            if (value.at(i) == '&' || value.at(i) == '>') return i;
        }
        return value.length();
    }

    /// Whether the semicolons and equals signs of the Replaces stand there unescaped.
    boolean isRaw() {
        return raw.indexOf(';') >= 0 || raw.indexOf('=') >= 0;
    }

    /// Whether the at sign of the Call-ID stands there unescaped, and only that.
    boolean hasRawAt() {
        return !isRaw() && raw.indexOf('@') >= 0;
    }

    /// Whether escapes were escaped again, so that one decoding leaves no parameters.
    boolean isDouble() {
        var text = raw.text().toLowerCase(java.util.Locale.ROOT);
        return !isRaw() && !text.contains("%3b") && text.contains("%253b");
    }
}
