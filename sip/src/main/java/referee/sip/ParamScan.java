// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// Finds one `;name=value` in a header's value without reading the value itself.
final class ParamScan {
    private ParamScan() {}

    /// @param start where to begin, an index into the value
    /// @param name lower case
    /// @param stopAtComma whether a comma outside quotes ends the search
    /// @return the parameter's value as written, or an empty slice
    static Slice find(Slice value, int start, String name, boolean stopAtComma) {
        var length = value.length();
        for (var i = start; i < length; i++) {
            var c = value.at(i);
            if (c == '"') {
                i = endOfQuoted(value, i);
            } else if (c == ',' && stopAtComma) {
                break;
            } else if (c == ';') {
                var from = skipWhite(value, i + 1);
                if (!startsWith(value, from, name)) continue;
                var equals = skipWhite(value, from + name.length());
                if (equals >= length || value.at(equals) != '=') continue;
                var first = skipWhite(value, equals + 1);
                var last = first;
                while (last < length && "; \t\r\n,>?".indexOf(value.at(last)) < 0) last++;
                return value.sub(first, last);
            }
        }
        return Slice.EMPTY;
    }

    private static boolean startsWith(Slice value, int from, String name) {
        if (from + name.length() > value.length()) return false;
        for (var i = 0; i < name.length(); i++) {
            if (Slice.lower((byte) value.at(from + i)) != name.charAt(i)) return false;
        }
        return true;
    }

    static int endOfQuoted(Slice value, int start) {
        for (var i = start + 1; i < value.length(); i++) {
            var c = value.at(i);
            if (c == '\\') i++;
            else if (c == '"') return i;
        }
        return value.length();
    }

    private static int skipWhite(Slice value, int start) {
        var i = start;
        while (i < value.length() && Slice.isWhite((byte) value.at(i))) i++;
        return i;
    }
}
