// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;

/// What a probe or a load came to, in every form that can be asked for.
interface ProbeReport {
    void text() throws IOException;

    void json() throws IOException;

    void junit() throws IOException;

    /// One line with performance data.
    ///
    /// @return the exit code of a monitoring plugin
    int nagios() throws IOException;

    int exitCode();
}
