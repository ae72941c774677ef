// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;

/// Who is told what a probe does, as it does it.
public interface ProbeLog {
    /// @param says one line
    void tell(Instant at, String says);
}
