// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;

/// What bounds the memory of a [Diagnosis].
///
/// @param openStories stories at a time; past that the one longest quiet is settled as it stands
/// @param openOctets octets of messages, what is kept about them included, in open stories; past
///   that likewise
/// @param messagesPerStory messages a story keeps; past that it is settled as it stands and the
///   next message starts another
/// @param gaps gaps remembered; later ones only count
/// @param quiet how long a story without an open dialog may be quiet before it is settled; longer
///   than any deadline a rule waits for
/// @param longest how long a story with an open dialog may be quiet before it is settled
/// @param held how long a story that is over may be quiet while it waits for the others of its
///   case; past that it is judged without them
public record Limits(
        int openStories,
        long openOctets,
        int messagesPerStory,
        int gaps,
        Duration quiet,
        Duration longest,
        Duration held) {
    public static final Limits DEFAULT =
            new Limits(
                    200_000,
                    200L << 20,
                    2_000,
                    10_000,
                    Duration.ofSeconds(75),
                    Duration.ofHours(12),
                    Duration.ofHours(12));

    /// The same limits with other room for messages.
    public Limits withOpenOctets(long octets) {
        return new Limits(openStories, octets, messagesPerStory, gaps, quiet, longest, held);
    }

    /// The same limits with another wait for the rest of a case: short where findings are wanted
    /// soon.
    public Limits withHeld(Duration wait) {
        return new Limits(openStories, openOctets, messagesPerStory, gaps, quiet, longest, wait);
    }
}
