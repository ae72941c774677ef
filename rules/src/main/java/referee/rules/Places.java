// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.util.Map;

/// Fills the places of a page: `{name|words}` becomes the value of that name, or the words.
final class Places {
    private Places() {}

    static String fill(String text, Map<String, String> values) {
        var filled = new StringBuilder(text.length());
        var at = 0;
        while (true) {
            var open = text.indexOf('{', at);
            var bar = open < 0 ? -1 : text.indexOf('|', open);
            var close = open < 0 ? -1 : text.indexOf('}', open);
            if (open < 0 || close < 0) return filled.append(text, at, text.length()).toString();
            var isPlace =
                    bar > open && bar < close && text.substring(open, close).indexOf('\n') < 0;
            if (!isPlace) {
                filled.append(text, at, open + 1);
                at = open + 1;
                continue;
            }
            filled.append(text, at, open);
            var words = text.substring(bar + 1, close);
            filled.append(values.getOrDefault(text.substring(open + 1, bar), words));
            at = close + 1;
        }
    }
}
