// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Locale;

/// How a story ended.
public enum Outcome {
    SUCCEEDED,
    FAILED,
    CANCELLED,
    /// The evidence ends before the deadline of what is still due.
    PENDING,
    /// It ended, and the messages do not say how; or its beginning was not seen.
    UNKNOWN;

    /// As it stands in reports: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
