// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Locale;

/// What a story is about. A call in which a REFER was sent is a transfer.
public enum StoryKind {
    CALL,
    REGISTRATION,
    TRANSFER,
    SUBSCRIPTION,
    OTHER;

    /// As it stands in reports: lower case.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
