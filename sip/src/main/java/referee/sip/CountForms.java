// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// How else a nonce count may have been hashed than as it is written.
final class CountForms {
    private CountForms() {}

    static Set<String> of(String nc) {
        var forms = new LinkedHashSet<String>();
        var value = value(nc);
        if (value >= 0) {
            forms.add(String.valueOf(value));
            forms.add(Long.toHexString(value));
            forms.add("%08d".formatted(value));
            forms.add("%08x".formatted(value));
            forms.add("%08X".formatted(value));
            forms.add("%08x".formatted(value + 1));
            if (value > 0) forms.add("%08x".formatted(value - 1));
        }
        forms.addAll(
                List.of(nc.toUpperCase(Locale.ROOT), nc.toLowerCase(Locale.ROOT), "00000001", ""));
        forms.add('"' + nc + '"');
        forms.remove(nc);
        return forms;
    }

    private static long value(String nc) {
        if (nc.isEmpty() || nc.length() > 8) return -1;
        return nc.chars().allMatch(c -> Character.digit(c, 16) >= 0 && c < 0x80)
                ? Long.parseLong(nc, 16)
                : -1;
    }
}
