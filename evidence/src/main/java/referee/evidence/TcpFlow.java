// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// One direction of a TCP connection: puts its segments in order and hands on what they carry.
///
/// Sequence numbers wrap around; what was there before is left out; segments that come early wait.
/// They wait until the missing octets come, until the other side acknowledges octets that the
/// capture does not hold, or until too much waits: then the hole is a gap, and reading goes on
/// behind it.
final class TcpFlow {
    static final int MAX_WAITING_OCTETS = 256 * 1024;
    static final int MAX_WAITING_SEGMENTS = 1024;

    /// A jump further than any window: another connection that used the same ports.
    private static final int FAR = 1 << 26;

    private final FlowContent content;
    private final List<Segment> waiting = new ArrayList<>();
    private int waitingOctets;
    private boolean started;
    private int first;
    private int next;
    private int holeFrom;
    private int holeTo;
    private boolean hasAcknowledged;
    private int acknowledged;

    TcpFlow(Way way, Streams streams, TlsSession tls) {
        content = new FlowContent(way, streams, Optional.of(tls));
    }

    /// @param packet stands at the segment's content
    void segment(Packet packet, int number, boolean syn, boolean fin) {
        var sequence = number;
        if (syn) {
            if (!started || sequence != first) restart(sequence);
            sequence++;
        } else if (!started) {
            pickUp(sequence);
        }
        if (content.isOther()) return;
        var length = packet.length();
        var ahead = sequence - next;
        if (ahead > FAR || ahead < -FAR) {
            if (length == 0) return;
            end();
            pickUp(sequence);
            ahead = 0;
        }
        if (ahead > 0) {
            if (length > 0 || fin) hold(packet, sequence, fin);
        } else {
            inOrder(packet, sequence, fin);
        }
    }

    private void inOrder(Packet packet, int sequence, boolean fin) {
        if (isLate(packet, sequence)) {
            content.late(packet);
            holeFrom = sequence + packet.length();
            return;
        }
        take(
                packet.bytes,
                packet.from,
                packet.to,
                sequence,
                packet.missing,
                fin,
                packet.frame,
                packet.nanos);
        takeWaiting();
    }

    /// Hands on what is new of a segment that begins at or before what is wanted next.
    private void take(
            byte[] bytes,
            int from,
            int to,
            int sequence,
            int missing,
            boolean fin,
            long frame,
            long nanos) {
        var known = next - sequence;
        if (known < to - from) {
            content.feed(bytes, from + known, to, frame, nanos);
            next = sequence + to - from;
            known = to - from;
        }
        if (missing > 0 && known < to - from + missing) {
            content.cut(to - from, missing, frame, nanos);
            next = sequence + to - from + missing;
        }
        if (fin && next - (sequence + to - from + missing) == 0) {
            next++;
            content.end(frame, nanos);
        }
    }

    private void takeWaiting() {
        while (!waiting.isEmpty() && waiting.getFirst().sequence() - next <= 0) {
            var segment = waiting.removeFirst();
            waitingOctets -= segment.bytes().length;
            take(
                    segment.bytes(),
                    0,
                    segment.bytes().length,
                    segment.sequence(),
                    segment.missing(),
                    segment.fin(),
                    segment.frame(),
                    segment.nanos());
        }
        if (content.isOther()) dropWaiting();
    }

    private void dropWaiting() {
        waiting.clear();
        waitingOctets = 0;
    }

    private void hold(Packet packet, int sequence, boolean fin) {
        var place = waiting.size();
        while (place > 0 && waiting.get(place - 1).sequence() - sequence > 0) place--;
        if (place > 0 && waiting.get(place - 1).end() - (sequence + packet.length()) >= 0) return;
        var copy = Arrays.copyOfRange(packet.bytes, packet.from, packet.to);
        waiting.add(
                place,
                new Segment(sequence, copy, packet.missing, fin, packet.frame, packet.nanos));
        waitingOctets += copy.length;
        while (waitingOctets > MAX_WAITING_OCTETS || waiting.size() > MAX_WAITING_SEGMENTS) {
            giveUp();
        }
        giveUpAcknowledged();
    }

    /// The other side has everything before this number.
    void acknowledged(int number) {
        if (!started) return;
        if (!hasAcknowledged || number - acknowledged > 0) acknowledged = number;
        hasAcknowledged = true;
        giveUpAcknowledged();
    }

    private void giveUpAcknowledged() {
        while (hasAcknowledged
                && !waiting.isEmpty()
                && acknowledged - waiting.getFirst().sequence() >= 0) {
            giveUp();
        }
    }

    /// Stops waiting for what lies before the first segment that waits.
    private void giveUp() {
        var behind = waiting.getFirst();
        holeFrom = next;
        holeTo = behind.sequence();
        content.lost(holeTo - holeFrom, behind.frame(), behind.nanos());
        next = holeTo;
        takeWaiting();
    }

    /// Whether this is what was waited for in vain; captures sometimes hold packets in another
    /// order than the one they came in.
    private boolean isLate(Packet packet, int sequence) {
        return packet.length() > 0
                && sequence - holeFrom >= 0
                && holeTo - (sequence + packet.length()) >= 0
                && holeTo != holeFrom;
    }

    private void restart(int sequence) {
        end();
        begin(sequence, sequence + 1);
        content.begin(true);
    }

    private void pickUp(int sequence) {
        begin(sequence - 1, sequence);
        content.begin(false);
    }

    private void begin(int firstNumber, int nextNumber) {
        started = true;
        first = firstNumber;
        next = nextNumber;
        holeFrom = holeTo = nextNumber;
        hasAcknowledged = false;
        dropWaiting();
    }

    int held() {
        return waitingOctets + content.held();
    }

    void end() {
        while (!waiting.isEmpty()) giveUp();
        content.end();
    }

    void letGo() {
        if (held() > 0) content.letGo(held());
        end();
    }
}
