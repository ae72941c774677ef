// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/// The chunks of one direction of an SCTP association that wait for the rest of their messages, and
/// which chunks came lately, since a chunk may be sent again.
final class SctpPieces {
    static final int MAX_PIECES = 1024;
    static final int MAX_OCTETS = 256 * 1024;

    private static final int REMEMBERED = 64;

    private record Place(long message, int number) {}

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Piece(byte[] bytes, boolean first, boolean last, long frame) {}

    private final Unread unfinished;
    private final Map<Place, Piece> waiting = new HashMap<>();
    private final int[] lately = new int[REMEMBERED];
    private int octets;
    private int seen;

    /// @param unfinished told of what is let go
    SctpPieces(Unread unfinished) {
        this.unfinished = unfinished;
    }

    /// Whether the chunk with this number did not come lately.
    boolean isNew(int number) {
        for (var i = Math.min(seen, REMEMBERED) - 1; i >= 0; i--) {
            if (lately[i] == number) return false;
        }
        lately[seen++ % REMEMBERED] = number;
        if (seen == 2 * REMEMBERED) seen = REMEMBERED;
        return true;
    }

    /// Takes one chunk. Once its message is whole, the packet stands at it.
    ///
    /// @param message what the chunks of one message share
    /// @param number of the chunk; those of one message follow each other
    boolean add(Packet packet, long message, int number, boolean first, boolean last) {
        if (waiting.size() >= MAX_PIECES || octets + packet.length() > MAX_OCTETS) letGo();
        var bytes = Arrays.copyOfRange(packet.bytes, packet.from, packet.to);
        var old =
                waiting.put(
                        new Place(message, number), new Piece(bytes, first, last, packet.frame));
        octets += bytes.length - (old == null ? 0 : old.bytes.length);
        var from = end(message, number, -1);
        var to = end(message, number, 1);
        if (!isFirst(message, from) || !isLast(message, to)) return false;
        join(packet, message, from, to);
        return true;
    }

    private boolean isFirst(long message, int number) {
        var piece = waiting.get(new Place(message, number));
        return piece != null && piece.first;
    }

    private boolean isLast(long message, int number) {
        var piece = waiting.get(new Place(message, number));
        return piece != null && piece.last;
    }

    /// The furthest chunk in this direction that belongs to the same message.
    private int end(long message, int number, int step) {
        var at = number;
        while (true) {
            var here = waiting.get(new Place(message, at));
            if (here == null) return at - step;
            if (step < 0 ? here.first : here.last) return at;
            at += step;
        }
    }

    private void join(Packet packet, long message, int from, int to) {
        var whole = new ByteArrayOutputStream();
        for (var at = from; at - to <= 0; at++) {
            var piece = waiting.remove(new Place(message, at));
            if (piece == null) continue;
            whole.writeBytes(piece.bytes);
            octets -= piece.bytes.length;
        }
        packet.bytes = whole.toByteArray();
        packet.from = 0;
        packet.to = packet.bytes.length;
    }

    private void letGo() {
        tell(unfinished);
        waiting.clear();
        octets = 0;
    }

    /// Counts the messages whose beginning waits and looks like SIP.
    void tell(Unread unread) {
        for (var piece : waiting.values()) {
            var start = SipStart.judge(piece.bytes, 0, piece.bytes.length);
            if (piece.first && start != SipStart.NO) unread.add(piece.frame);
        }
    }
}
