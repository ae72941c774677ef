// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;

/// Somebody on the way said by ICMP that a SIP packet did not get through.
///
/// @param frame 1-based number of the frame of the ICMP error, or 0 if the source gives none
/// @param by who says so: the receiver itself, or a router or firewall before it; no port
/// @param from who sent the packet that did not get through
/// @param to whom it was for
/// @param source which of several sources the frame is numbered in, counted from 0
public record Unreachable(
        long frame,
        Instant at,
        Endpoint by,
        Endpoint from,
        Endpoint to,
        Reason reason,
        int source) {

    /// Seen in the only source there is.
    public Unreachable(
            long frame, Instant at, Endpoint by, Endpoint from, Endpoint to, Reason reason) {
        this(frame, at, by, from, to, reason, 0);
    }

    /// The same, seen in this one of several sources.
    public Unreachable in(int other) {
        return new Unreachable(frame, at, by, from, to, reason, other);
    }

    /// RFC 792, RFC 1812 §5.2.7.1, RFC 4443 §3.
    public enum Reason {
        NETWORK("network", "there is no route to that network"),
        HOST("host", "that host cannot be reached"),
        PROTOCOL("protocol", "that host does not speak the protocol"),
        PORT("port", "the port is unreachable"),
        PROHIBITED("prohibited", "a filter prohibits it"),
        TOO_BIG("too-big", "the packet is too big for the next link"),
        LOOP("loop", "the packet ran out of hops"),
        REASSEMBLY("reassembly", "not all fragments of the packet came");

        private final String word;
        private final String says;

        Reason(String word, String says) {
            this.word = word;
            this.says = says;
        }

        /// As it stands in traces and reports: lower case.
        public String word() {
            return word;
        }

        /// One clause.
        public String says() {
            return says;
        }
    }
}
