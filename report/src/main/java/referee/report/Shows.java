// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.io.IOException;
import referee.diagnosis.Verdict;

/// Writes stories with their messages, one after the other.
public interface Shows {
    void write(Verdict verdict) throws IOException;

    /// Nothing more comes.
    default void end() throws IOException {}
}
