// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// The parts of From, To and Contact that a trace needs.
final class NameTag {
    private NameTag() {}

    /// The tag of this header, or an empty text.
    static String tag(Draft draft, String header) {
        var value = draft.get(header).orElse("");
        var from = value.indexOf(";tag=", Math.max(0, value.indexOf('>')));
        if (from < 0) return "";
        var to = value.indexOf(';', from + 5);
        return value.substring(from + 5, to < 0 ? value.length() : to);
    }

    /// The value without its tag.
    static String withoutTag(String value) {
        var from = value.indexOf(";tag=", Math.max(0, value.indexOf('>')));
        if (from < 0) return value;
        var to = value.indexOf(';', from + 5);
        return value.substring(0, from) + (to < 0 ? "" : value.substring(to));
    }

    static String withTag(String value, String tag) {
        return tag.isEmpty() || tag.equals("none") ? value : value + ";tag=" + tag;
    }

    /// What stands between the angle brackets, or the whole value.
    static String uri(String value) {
        var open = value.indexOf('<');
        var close = value.indexOf('>', open + 1);
        return open < 0 || close < 0 ? value : value.substring(open + 1, close);
    }
}
