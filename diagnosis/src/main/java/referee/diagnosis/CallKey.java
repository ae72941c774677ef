// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import org.jspecify.annotations.Nullable;
import referee.sip.Slice;

/// A Call-ID as a key, compared by its bytes. Holds on to the message it came from.
final class CallKey {
    private final Slice callId;
    private final int hash;

    /// @param seed makes the hash unknown to whoever chose the Call-IDs
    CallKey(Slice callId, int seed) {
        this.callId = callId;
        var h = seed;
        for (var i = callId.from(); i < callId.to(); i++) h = h * 31 + callId.bytes()[i];
        this.hash = h ^ h >>> 15;
    }

    /// The same key, holding only its own bytes.
    CallKey alone() {
        return new CallKey(Slice.of(callId.copy()), hash, 0);
    }

    private CallKey(Slice callId, int hash, int unused) {
        this.callId = callId;
        this.hash = hash + unused;
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CallKey key && hash == key.hash && callId.same(key.callId);
    }
}
