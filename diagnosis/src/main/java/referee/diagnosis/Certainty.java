// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Locale;

/// How sure a finding is, least first. Never more certain than the evidence.
public enum Certainty {
    /// One of several explanations.
    POSSIBLE,
    LIKELY,
    /// The messages show it.
    PROVEN;

    /// As it stands in reports: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
