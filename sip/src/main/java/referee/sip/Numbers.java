// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// Numbers as header values (RFC 3261 §25.1, `1*DIGIT` and delta-seconds).
final class Numbers {
    /// The largest number of seconds (RFC 3261 §20.19).
    static final long MAX_32_BITS = (1L << 32) - 1;

    private Numbers() {}

    /// Reads digits and nothing else. Leading zeros count for nothing, however many.
    ///
    /// @param name what the number is called in a flaw, such as `expires`: `expires-form`,
    ///   `expires-negative`, `expires-too-large`
    /// @param source of the range
    static Field<Long> read(Slice digits, long max, String name, String source) {
        if (!isDigits(digits)) {
            var negative = digits.length() > 1 && digits.at(0) == '-' && isDigits(digits.sub(1));
            return Field.broken(name + (negative ? "-negative" : "-form"), digits, source);
        }
        var start = 0;
        while (start < digits.length() - 1 && digits.at(start) == '0') start++;
        var number = digits.sub(start).number();
        return number < 0 || number > max
                ? Field.broken(name + "-too-large", digits, source)
                : Field.of(number);
    }

    static boolean isDigits(Slice text) {
        for (var i = 0; i < text.length(); i++) {
            if (text.at(i) < '0' || text.at(i) > '9') return false;
        }
        return !text.isEmpty();
    }
}
