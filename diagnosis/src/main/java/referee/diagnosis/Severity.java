// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Locale;

/// A promise about a person's time, least first.
public enum Severity {
    /// Worth knowing.
    INFO,
    /// Odd.
    LOW,
    /// It will fail, or works by luck.
    MEDIUM,
    /// A call, registration or transfer failed or was lost.
    HIGH,
    /// The same, and nothing works until it is mended.
    CRITICAL;

    /// As it stands in reports: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
