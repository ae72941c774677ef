// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// What a source held, once it was read to its end.
///
/// @param name as the user named it, such as `x.pcap` or `-`
/// @param kind `pcap`, `pcapng` or `trace`
/// @param frames how many frames were in it, of whatever content; in a trace: messages
/// @param messages how many of them gave SIP messages
/// @param from time of the earliest frame; empty if there was none
/// @param to time of the latest frame, or the end that the source itself states; the evidence says
///   nothing after it
/// @param gaps how many gaps were reported
/// @param names what the source calls its addresses; empty for a capture
public record Account(
        String name,
        String kind,
        long frames,
        long messages,
        Optional<Instant> from,
        Optional<Instant> to,
        long gaps,
        Map<Endpoint, String> names) {}
