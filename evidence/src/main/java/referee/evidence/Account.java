// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What a source held, once it was read to its end.
///
/// @param name as the user named it, such as `x.pcap` or `-`
/// @param kind `pcap`, `pcapng`, `hep`, `trace`, or the formats of a log, such as `asterisk-pjsip
///   log`
/// @param frames how many frames were in it, of whatever content; in a trace or log: messages
/// @param messages how many of them gave SIP messages
/// @param from time of the earliest frame; empty if there was none
/// @param to time of the latest frame, or the end that the source itself states; the evidence says
///   nothing after it
/// @param gaps how many gaps were reported
/// @param names what the source calls its addresses; of a log, which is the one that wrote it;
///   empty for a capture
/// @param notes what has to be known to read the rest right, such as a time zone that is not known;
///   a sentence each
public record Account(
        String name,
        String kind,
        long frames,
        long messages,
        Optional<Instant> from,
        Optional<Instant> to,
        long gaps,
        Map<Endpoint, String> names,
        List<String> notes) {
    public Account {
        notes = List.copyOf(notes);
    }

    /// Of a source about which nothing else has to be known.
    public Account(
            String name,
            String kind,
            long frames,
            long messages,
            Optional<Instant> from,
            Optional<Instant> to,
            long gaps,
            Map<Endpoint, String> names) {
        this(name, kind, frames, messages, from, to, gaps, names, List.of());
    }

    /// Whether it is what one program wrote of its own traffic.
    public boolean isLog() {
        return kind.endsWith(" log");
    }
}
