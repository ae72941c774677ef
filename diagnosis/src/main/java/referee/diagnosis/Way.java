// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import referee.evidence.Endpoint;

/// Two hosts with messages between them, whichever sends.
///
/// @param one the one whose text comes first
record Way(String one, String other) {
    static Way of(Endpoint from, Endpoint to) {
        return from.host().compareTo(to.host()) <= 0
                ? new Way(from.host(), to.host())
                : new Way(to.host(), from.host());
    }
}
