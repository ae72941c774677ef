// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Arrays;

/// Cuts SIP messages out of a byte stream, such as one direction of a TCP connection (RFC 3261
/// §18.3).
///
/// A message ends where its first Content-Length says. Without a readable one it ends with its
/// headers, since nothing else could tell where the next one starts; a missing one is a flaw. What
/// belongs to no message is passed over up to the next start line, and told. However the stream is
/// cut into pieces, the messages are the same.
///
/// A message that lies whole in what is fed is copied once; only what is left over is kept, at most
/// [#LONGEST] octets.
public final class StreamFramer {
    /// Longer messages are given up, in octets.
    public static final int LONGEST = 256 * 1024;

    /// Who is told what the stream holds, in its order.
    public interface Receiver {
        /// @param message in bytes of its own
        void message(SipMessage message);

        /// Octets belong to no message.
        ///
        /// @param why one clause, such as `no start line`
        void skipped(long octets, String why);

        /// A CRLF between messages: two in a row are a ping, one is a pong (RFC 5626 §4.4.1).
        default void emptyLine() {}
    }

    private static final byte[] NOTHING = new byte[0];
    private static final String NO_START_LINE = "no start line";

    private final Receiver receiver;
    private final HeaderScan scan = new HeaderScan();
    private byte[] held = NOTHING;
    private int heldLength;
    private boolean inMessage;
    private long skipping;
    private String why = NO_START_LINE;

    public StreamFramer(Receiver receiver) {
        this.receiver = receiver;
    }

    /// Takes the next octets of the stream; they are not kept.
    public void feed(byte[] bytes, int from, int to) {
        var at = from;
        while (at < to) {
            if (heldLength == 0) {
                var used = take(bytes, at, to);
                if (used == 0) {
                    hold(bytes, at, to);
                    return;
                }
                at += used;
            } else {
                var more = wanted(bytes, at, to);
                hold(bytes, at, at + more);
                at += more;
                drain();
            }
        }
    }

    /// Octets of the stream are missing here. A message that lacks only octets of its body is
    /// handed on as it is; anything less is passed over.
    public void lost() {
        if (heldLength == 0) return;
        var cut = heldLength;
        var whole = inMessage && scan.total() >= 0;
        heldLength = 0;
        inMessage = false;
        if (whole) emit(held, 0, cut);
        else skip(cut, "its end is missing");
        scan.reset();
    }

    /// The stream has ended; what is held is treated as before a loss.
    public void end() {
        lost();
        tellSkipped();
    }

    /// How many octets wait for the rest of their message.
    public int held() {
        return heldLength;
    }

    /// Whether a start line was found and its message is not whole yet.
    public boolean inMessage() {
        return inMessage;
    }

    /// How many octets have been passed over since the last message and are not told yet.
    public long skipping() {
        return skipping;
    }

    /// Reads what comes next, if enough of it is there.
    ///
    /// @return how many octets are done with; 0 if more must come
    private int take(byte[] bytes, int from, int to) {
        if (inMessage) return takeMessage(bytes, from, to);
        if (bytes[from] == '\n') return blank(1);
        if (bytes[from] == '\r') {
            if (to - from == 1) return 0;
            if (bytes[from + 1] == '\n') return blank(2);
        }
        return takeLine(bytes, from, to);
    }

    private int blank(int length) {
        if (skipping > 0) skipping += length;
        else if (length == 2) receiver.emptyLine();
        return length;
    }

    private int takeLine(byte[] bytes, int from, int to) {
        var lineTo = scan.lineEnd(bytes, from, to);
        if (lineTo < 0) return tooLong(from, to, "no line end");
        var start = FirstLine.find(bytes, from, lineTo);
        if (start == from) {
            tellSkipped();
            inMessage = true;
            scan.startLineEnds(lineTo + 1 - from);
            return takeMessage(bytes, from, to);
        }
        scan.reset();
        return skip(start < 0 ? lineTo + 1 - from : start - from, NO_START_LINE);
    }

    private int takeMessage(byte[] bytes, int from, int to) {
        if (scan.total() < 0) {
            if (!scan.headers(bytes, from, to)) return tooLong(from, to, "headers without an end");
            if (scan.total() > LONGEST) {
                var headers = scan.headersLength();
                forget();
                return skip(headers, "a message longer than " + LONGEST + " octets");
            }
        }
        var total = (int) scan.total();
        if (to - from < total) return 0;
        emit(bytes, from, from + total);
        forget();
        return total;
    }

    private int tooLong(int from, int to, String reason) {
        if (to - from < LONGEST) return 0;
        forget();
        return skip(LONGEST, reason + " in " + LONGEST + " octets");
    }

    private void emit(byte[] bytes, int from, int to) {
        var copy = Arrays.copyOfRange(bytes, from, to);
        if (!(SipParser.parse(copy, 0, copy.length) instanceof SipMessage message)) {
            skip(to - from, NO_START_LINE);
            return;
        }
        if (message.has(HeaderName.CONTENT_LENGTH)) {
            receiver.message(message);
        } else {
            var end = new Slice(copy, copy.length, copy.length);
            receiver.message(
                    message.with(new Flaw("content-length-missing", end, "RFC 3261 §18.3")));
        }
    }

    private void forget() {
        inMessage = false;
        scan.reset();
    }

    private int skip(int octets, String reason) {
        if (skipping == 0) why = reason;
        skipping += octets;
        return octets;
    }

    private void tellSkipped() {
        if (skipping == 0) return;
        var octets = skipping;
        skipping = 0;
        receiver.skipped(octets, why);
    }

    /// How much of this belongs to what is held: the rest of the message, or else of the line.
    private int wanted(byte[] bytes, int from, int to) {
        if (inMessage && scan.total() >= 0) {
            return Math.min((int) scan.total() - heldLength, to - from);
        }
        var end = Math.min(to, from + LONGEST - heldLength);
        for (var i = from; i < end; i++) {
            if (bytes[i] == '\n') return i + 1 - from;
        }
        return end - from;
    }

    private void hold(byte[] bytes, int from, int to) {
        var length = to - from;
        if (held.length - heldLength < length) {
            var room = Math.max(heldLength + length, Math.min(held.length * 2, LONGEST));
            held = Arrays.copyOf(held, Math.max(room, 512));
        }
        System.arraycopy(bytes, from, held, heldLength, length);
        heldLength += length;
    }

    private void drain() {
        var at = 0;
        while (at < heldLength) {
            var used = take(held, at, heldLength);
            if (used == 0) break;
            at += used;
        }
        System.arraycopy(held, at, held, 0, heldLength - at);
        heldLength -= at;
        if (heldLength == 0) held = NOTHING;
    }
}
