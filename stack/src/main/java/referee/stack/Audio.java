// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.List;

/// What our session descriptions say: one audio line (RFC 3264 §5).
///
/// @param address where media are to be sent
/// @param codecs best first
public record Audio(Endpoint address, List<Codec> codecs) {
    /// @param format the payload type
    /// @param name with the clock rate, such as `PCMA/8000`
    public record Codec(int format, String name) {}

    public Audio {
        codecs = List.copyOf(codecs);
    }

    /// G.711, and telephone-event for digits.
    public static Audio at(Endpoint address) {
        return new Audio(
                address,
                List.of(
                        new Codec(0, "PCMU/8000"),
                        new Codec(8, "PCMA/8000"),
                        new Codec(101, "telephone-event/8000")));
    }
}
