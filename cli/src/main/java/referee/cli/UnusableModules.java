// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;

/// A modules file that cannot be used; its message is a line: file, line, key and why.
final class UnusableModules extends IOException {
    private static final long serialVersionUID = 1L;

    UnusableModules(String says) {
        super(says);
    }
}
