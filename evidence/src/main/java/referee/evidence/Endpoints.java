// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import org.jspecify.annotations.Nullable;

/// Every address and port that spoke SIP, as one [Endpoint] each, so that an address becomes text
/// only once.
///
/// Starts anew when it is full: the same endpoint is then made a second time, which costs memory
/// and changes nothing.
final class Endpoints {
    private static final int LIMIT = 1 << 16;
    private static final int SMALLEST = 1 << 8;
    private static final int V6 = 1 << 16;

    private record Entry(long high, long low, int tag, Endpoint endpoint) {}

    private @Nullable Entry[] table = new @Nullable Entry[SMALLEST];
    private int count;

    Endpoint source(Packet packet) {
        return of(packet.v6, packet.sourceHigh, packet.sourceLow, packet.sourcePort);
    }

    Endpoint target(Packet packet) {
        return of(packet.v6, packet.targetHigh, packet.targetLow, packet.targetPort);
    }

    boolean knowsSource(Packet packet) {
        return knows(packet.v6, packet.sourceHigh, packet.sourceLow, packet.sourcePort);
    }

    boolean knowsTarget(Packet packet) {
        return knows(packet.v6, packet.targetHigh, packet.targetLow, packet.targetPort);
    }

    private boolean knows(boolean v6, long high, long low, int port) {
        return table[place(high, low, v6 ? port | V6 : port)] != null;
    }

    Endpoint of(boolean v6, long high, long low, int port) {
        var tag = v6 ? port | V6 : port;
        var at = place(high, low, tag);
        var known = table[at];
        if (known != null) return known.endpoint;
        var endpoint = new Endpoint(v6 ? IpText.v6(high, low) : IpText.v4((int) low), port);
        if (count >= table.length / 2) grow();
        table[place(high, low, tag)] = new Entry(high, low, tag, endpoint);
        count++;
        return endpoint;
    }

    /// The slot that holds this key, or the free one where it belongs.
    private int place(long high, long low, int tag) {
        var mask = table.length - 1;
        var at = (int) (Hash.of(high, low, tag) >>> 32) & mask;
        while (true) {
            var entry = table[at];
            if (entry == null || entry.low == low && entry.tag == tag && entry.high == high) {
                return at;
            }
            at = at + 1 & mask;
        }
    }

    private void grow() {
        var old = table;
        if (old.length >= 2 * LIMIT) {
            table = new @Nullable Entry[SMALLEST];
            count = 0;
            return;
        }
        table = new @Nullable Entry[old.length * 2];
        for (var entry : old) {
            if (entry != null) table[place(entry.high, entry.low, entry.tag)] = entry;
        }
    }
}
