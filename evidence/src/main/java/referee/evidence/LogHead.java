// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;
import referee.sip.Transport;

/// What a log says about a message before the message itself.
///
/// @param column where in its line the head begins; what is before it is prefix
/// @param way which way the message went, as seen from the program that wrote the log
/// @param peer the other end; empty where the log does not name it
/// @param own the end that wrote the log; for a log of passing traffic, the sender
/// @param octets how long the message is said to be; -1 where nothing is said
/// @param face which of its interfaces the program used, if it names them; else empty text
record LogHead(
        LogFormat format,
        int column,
        Way way,
        Optional<Endpoint> peer,
        Optional<Endpoint> own,
        Optional<Transport> transport,
        int octets,
        Optional<LogStamp> stamp,
        String face) {
    enum Way {
        RECEIVED,
        SENT,
        UNKNOWN
    }

    static LogHead of(LogFormat format, int column, Way way) {
        return new LogHead(
                format,
                column,
                way,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                -1,
                Optional.empty(),
                "");
    }

    static Way way(boolean received) {
        return received ? Way.RECEIVED : Way.SENT;
    }

    LogHead went(Way which) {
        return new LogHead(format, column, which, peer, own, transport, octets, stamp, face);
    }

    LogHead peer(Optional<Endpoint> who) {
        return new LogHead(format, column, way, who, own, transport, octets, stamp, face);
    }

    LogHead own(Optional<Endpoint> who) {
        return new LogHead(format, column, way, peer, who, transport, octets, stamp, face);
    }

    /// @param word such as `udp`, `TLS` or `UDP6`
    LogHead over(String word) {
        return new LogHead(
                format, column, way, peer, own, LogAddress.transport(word), octets, stamp, face);
    }

    /// @param digits the length in octets, or empty text
    LogHead octets(String digits) {
        var count = digits.isEmpty() ? -1 : Integer.parseInt(digits);
        return new LogHead(format, column, way, peer, own, transport, count, stamp, face);
    }

    LogHead at(Optional<LogStamp> when) {
        return new LogHead(format, column, way, peer, own, transport, octets, when, face);
    }

    LogHead face(String name) {
        return new LogHead(format, column, way, peer, own, transport, octets, stamp, name);
    }
}
