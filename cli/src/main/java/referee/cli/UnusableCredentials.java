// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;

/// Credentials that cannot be had: the message says what, where and what to try.
final class UnusableCredentials extends IOException {
    private static final long serialVersionUID = 1;

    UnusableCredentials(String says) {
        super(says);
    }
}
