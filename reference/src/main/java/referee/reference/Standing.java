// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.Locale;

/// Where a code stands with the registry of SIP parameters.
public enum Standing {
    REGISTERED("registered"),
    DEPRECATED("registered, but deprecated"),
    OBSOLETE("not registered: a leftover of RFC 2543"),
    VENDOR("not registered: made up by a product"),
    DRAFT("not registered: never more than a draft");

    private final String words;

    Standing(String words) {
        this.words = words;
    }

    static Standing of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    public String words() {
        return words;
    }

    public boolean isRegistered() {
        return this == REGISTERED || this == DEPRECATED;
    }
}
