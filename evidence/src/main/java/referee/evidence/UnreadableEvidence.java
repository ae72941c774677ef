// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;

/// The source is nothing that can be read here. The message is one line for a person: what, where,
/// what to try.
public final class UnreadableEvidence extends IOException {
    public UnreadableEvidence(String message) {
        super(message);
    }
}
