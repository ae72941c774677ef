// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;

/// Takes the protection off the records of one direction.
interface TlsCipher {
    /// @param sequence the number of the record, from 0
    /// @return what the record holds, or empty if it was protected with another key or number
    Optional<Plain> open(TlsRecord sealed, long sequence);

    /// What a record holds.
    ///
    /// @param type of its content
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Plain(int type, byte[] bytes) {}
}
