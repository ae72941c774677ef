// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.StreamFramer;
import referee.sip.Transport;

/// SIP over WebSocket (RFC 7118): the HTTP request or response that opens it, then frames. A
/// WebSocket message, in one frame or several, masked or not, compressed or not, is one SIP
/// message; control frames may stand between them (RFC 6455 §5.4).
///
/// Where octets are missing, reading goes on with the next segment that begins with a frame with
/// SIP.
final class WebSocketContent implements Content {
    private static final int LONGEST = StreamFramer.LONGEST;
    private static final int LONGEST_HEAD = 16 * 1024;

    private enum State {
        HEAD,
        FRAMES,
        LOST,
        OTHER
    }

    private final Way way;
    private final Streams streams;
    private final Transport transport;
    private final ByteArrayOutputStream message = new ByteArrayOutputStream();
    private State state;
    private byte[] held = new byte[0];
    private int heldLength;
    private int looked;
    private long passOver;
    private boolean inMessage;
    private boolean compressed;
    private Optional<Inflations.Inflation> inflation = Optional.empty();
    private long frame;
    private long nanos;

    /// @param opening whether the stream begins with the HTTP head that opens the WebSocket
    WebSocketContent(Way way, Streams streams, Transport transport, boolean opening) {
        this.way = way;
        this.streams = streams;
        this.transport = transport;
        this.state = opening ? State.HEAD : State.FRAMES;
    }

    @Override
    public boolean isOther() {
        return state == State.OTHER;
    }

    @Override
    public int held() {
        return heldLength + message.size();
    }

    @Override
    public void feed(byte[] bytes, int from, int to, long inFrame, long at) {
        if (state == State.LOST && WebSocketFrame.beginsWithSip(bytes, from, to))
            state = State.FRAMES;
        if (state == State.LOST || state == State.OTHER) return;
        if (held() == 0 || inFrame > frame) {
            frame = inFrame;
            nanos = at;
        }
        hold(bytes, from, to);
        var done = 0;
        for (var used = 1; used > 0 && done < heldLength; done += used) used = take(done);
        if (state == State.FRAMES || state == State.HEAD) keep(done);
        else drop();
    }

    private void hold(byte[] bytes, int from, int to) {
        var length = to - from;
        if (held.length - heldLength < length)
            held = Arrays.copyOf(held, Math.max(heldLength + length, held.length * 2));
        System.arraycopy(bytes, from, held, heldLength, length);
        heldLength += length;
    }

    private void keep(int from) {
        System.arraycopy(held, from, held, 0, heldLength - from);
        heldLength -= from;
        if (heldLength == 0) held = new byte[0];
    }

    private void drop() {
        held = new byte[0];
        heldLength = 0;
        passOver = 0;
        forget();
    }

    private void forget() {
        inMessage = false;
        message.reset();
    }

    /// Reads what comes next, if enough of it is there.
    ///
    /// @return how many octets are done with; 0 if more must come
    private int take(int at) {
        if (passOver > 0) {
            var over = (int) Math.min(passOver, heldLength - at);
            passOver -= over;
            return over;
        }
        return switch (state) {
            case HEAD -> takeHead();
            case FRAMES -> takeFrame(at);
            case LOST, OTHER -> 0;
        };
    }

    private int takeHead() {
        var end = HttpHead.end(held, looked, heldLength);
        looked = heldLength;
        if (end < 0) {
            if (heldLength > LONGEST_HEAD) state = State.OTHER;
            return 0;
        }
        state = HttpHead.read(held, end).turnsIntoSip() ? State.FRAMES : State.OTHER;
        return end;
    }

    private int takeFrame(int at) {
        if (!WebSocketFrame.isPlausible(held, at, heldLength)) {
            missed(Gap.Kind.STREAM, "no WebSocket frame where one should begin");
            state = State.LOST;
            return 0;
        }
        if (WebSocketFrame.headerLength(held, at, heldLength) > heldLength - at) return 0;
        var one = WebSocketFrame.read(held, at);
        if (one.length() < 0 || one.length() > LONGEST) return tooLong(one);
        var end = at + one.header() + (int) one.length();
        if (end > heldLength) return 0;
        var payload = at + one.header();
        if (one.masked()) WebSocketFrame.unmask(held, payload - 4, payload, end);
        if (!one.isControl()) data(one, payload, end);
        return end - at;
    }

    private int tooLong(WebSocketFrame one) {
        missed(Gap.Kind.LIMIT, "a WebSocket frame of " + one.length() + " octets is passed over");
        forget();
        if (one.length() < 0) state = State.LOST;
        else passOver = one.length();
        return one.header();
    }

    private void data(WebSocketFrame one, int from, int to) {
        if (one.opcode() != WebSocketFrame.CONTINUATION) {
            forget();
            inMessage = true;
            compressed = one.compressed();
        }
        if (!inMessage) return;
        if (message.size() + to - from > LONGEST) {
            missed(
                    Gap.Kind.LIMIT,
                    "a WebSocket message longer than " + LONGEST + " octets is passed over");
            forget();
            return;
        }
        message.write(held, from, to - from);
        if (!one.last()) return;
        var whole = message.toByteArray();
        forget();
        if (compressed) unpack(whole);
        else deliver(whole);
    }

    private void unpack(byte[] packed) {
        if (inflation.isEmpty()) inflation = streams.inflations().open();
        if (inflation.isEmpty()) {
            missed(Gap.Kind.LIMIT, "too many compressed WebSockets at a time to unpack this one");
            return;
        }
        inflation
                .get()
                .unpack(packed, LONGEST)
                .ifPresentOrElse(
                        this::deliver,
                        () ->
                                missed(
                                        Gap.Kind.STREAM,
                                        "a compressed WebSocket message cannot be unpacked: it is"
                                                + " damaged, too long, or builds upon what is"
                                                + " missing"));
    }

    private void deliver(byte[] bytes) {
        if (!SipParser.looksLikeSip(bytes, 0, bytes.length)) return;
        if (SipParser.parse(bytes, 0, bytes.length) instanceof SipMessage sip)
            streams.tally().saw(frame, nanos, way.from(), way.to(), transport, sip);
    }

    @Override
    public void lost(int octets, long inFrame, long at) {
        breakOff(
                Gap.Kind.STREAM,
                octets + " octets of the stream are missing before this frame",
                inFrame,
                at);
    }

    @Override
    public void cut(int kept, int missing, long inFrame, long at) {
        breakOff(
                Gap.Kind.SNAPLEN,
                "cut off after " + kept + " of " + (kept + missing) + " octets of content",
                inFrame,
                at);
    }

    private void breakOff(Gap.Kind kind, String says, long inFrame, long at) {
        frame = inFrame;
        nanos = at;
        if (state == State.FRAMES) missed(kind, says);
        state = state == State.HEAD || state == State.OTHER ? State.OTHER : State.LOST;
        drop();
    }

    @Override
    public void late(Packet packet) {}

    @Override
    public void end(long inFrame, long at) {
        frame = inFrame;
        nanos = at;
        end();
    }

    @Override
    public void end() {
        if (state == State.FRAMES && held() > 0)
            missed(Gap.Kind.STREAM, "the stream ends inside a WebSocket message");
        drop();
        inflation.ifPresent(Inflations.Inflation::close);
        inflation = Optional.empty();
    }

    @Override
    public void letGo(int octets) {
        if (state == State.FRAMES)
            missed(Gap.Kind.LIMIT, "a WebSocket was let go of which " + octets + " octets waited");
    }

    private void missed(Gap.Kind kind, String says) {
        streams.tally().missed(kind, frame, nanos, way.from(), way.to(), says);
    }
}
