// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;
import java.util.Optional;

/// A place where the source was blind: something passed, or may have passed, that could not be
/// read.
///
/// @param frame 1-based number of the frame, or 0 if it is about none in particular
/// @param at when, if the source says so
/// @param between sender and receiver, where known
/// @param says one clause with the numbers that matter, such as `cut off after 96 of 812 octets`
public record Gap(
        Kind kind, long frame, Optional<Instant> at, Optional<Path> between, String says) {

    /// @param from who sent what could not be read
    /// @param to who it was for
    public record Path(Endpoint from, Endpoint to) {}

    public enum Kind {
        /// The capture kept only the first octets of the packet.
        SNAPLEN("snaplen"),
        /// Not all fragments of an IP packet are there.
        FRAGMENT("fragment"),
        /// Octets of a TCP stream are missing.
        STREAM("stream"),
        /// A stream was picked up in its middle; what came before its first start line was left
        /// out.
        MIDSTREAM("midstream"),
        /// The link or network layer is of a kind that is not read here.
        LINK("link"),
        /// What passed is encrypted and could not be decrypted.
        ENCRYPTED("encrypted"),
        /// The file ends in the middle of a record, or a record contradicts itself.
        FILE("file"),
        /// A table was full and something was let go.
        LIMIT("limit"),
        /// The trace or log says itself that nothing was recorded here.
        SOURCE("source");

        private final String word;

        Kind(String word) {
            this.word = word;
        }

        /// As it stands in reports: lower case.
        public String word() {
            return word;
        }
    }
}
