// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import org.jspecify.annotations.Nullable;
import referee.sip.SipMessage;
import referee.sip.StreamFramer;
import referee.sip.Transport;

/// What one direction of a TCP connection carries, in order: SIP, something else, or not known yet.
///
/// A stream that is seen from its start is SIP if its first line is a start line. One that is
/// picked up in its middle has some room to show a start line. Anything else is let go and costs
/// nothing from then on.
final class StreamContent implements Content, StreamFramer.Receiver {
    private static final int ROOM = 64 * 1024;
    private static final int LONGEST_FIRST_LINE = 8 * 1024;
    private static final int TEXT_LOOK = 32;

    private enum Verdict {
        OPEN,
        SIP,
        OTHER
    }

    private final Way way;
    private final Tally tally;
    private final Unread cut;
    private final Transport transport;
    private Verdict verdict = Verdict.OPEN;
    private boolean fromStart;
    private boolean late;
    private long fed;
    private @Nullable StreamFramer framer;

    // the segment that is being fed, and the latest of those that the held octets came in
    private long frame;
    private long nanos;
    private long begunFrame;
    private long begunNanos;

    /// @param fromStart whether the connection's first octet will be seen
    StreamContent(Way way, Streams streams, Transport transport, boolean fromStart) {
        this.way = way;
        this.tally = streams.tally();
        this.cut = streams.cut();
        this.transport = transport;
        this.fromStart = fromStart;
    }

    boolean isSip() {
        return verdict == Verdict.SIP;
    }

    @Override
    public boolean isOther() {
        return verdict == Verdict.OTHER;
    }

    @Override
    public int held() {
        return framer == null ? 0 : framer.held();
    }

    @Override
    public void feed(byte[] bytes, int from, int to, long inFrame, long at) {
        if (verdict == Verdict.OTHER) return;
        var reading = framer;
        if (reading == null) {
            if (!isPlausible(bytes, from, to)) {
                dismiss();
                return;
            }
            reading = framer = new StreamFramer(this);
        }
        frame = inFrame;
        nanos = at;
        reading.feed(bytes, from, to);
        fed += to - from;
        if (reading.held() == 0) begunFrame = 0;
        else remember(inFrame, at);
        if (verdict == Verdict.OPEN) judge(reading);
    }

    private void remember(long inFrame, long at) {
        if (inFrame < begunFrame) return;
        begunFrame = inFrame;
        begunNanos = at;
    }

    private boolean isPlausible(byte[] bytes, int from, int to) {
        return fromStart
                ? SipStart.judge(bytes, from, to) != SipStart.NO
                : isText(bytes, from, Math.min(to, from + TEXT_LOOK));
    }

    private static boolean isText(byte[] bytes, int from, int to) {
        for (var i = from; i < to; i++) {
            var b = bytes[i];
            if (b >= 0 && b < ' ' && b != '\t' && b != '\r' && b != '\n') return false;
        }
        return true;
    }

    private void judge(StreamFramer reading) {
        if (reading.inMessage()) {
            verdict = Verdict.SIP;
        } else if (fromStart) {
            if (reading.skipping() > 0 || reading.held() > LONGEST_FIRST_LINE) dismiss();
        } else if (fed > ROOM) {
            dismiss();
        }
    }

    private void dismiss() {
        verdict = Verdict.OTHER;
        framer = null;
    }

    @Override
    public void message(SipMessage message) {
        verdict = Verdict.SIP;
        var earlier = begunFrame > frame;
        tally.saw(
                earlier ? begunFrame : frame,
                earlier ? begunNanos : nanos,
                way.from(),
                way.to(),
                transport,
                message);
        begunFrame = 0;
    }

    @Override
    public void skipped(long octets, String why) {
        if (late) return;
        if (verdict == Verdict.OPEN && !fromStart) {
            missed(Gap.Kind.MIDSTREAM, octets + " octets before the first start line");
        } else if (verdict == Verdict.SIP) {
            missed(Gap.Kind.STREAM, octets + " octets belong to no message: " + why);
        }
    }

    @Override
    public void lost(int octets, long inFrame, long at) {
        frame = inFrame;
        nanos = at;
        if (verdict == Verdict.SIP) {
            missed(Gap.Kind.STREAM, octets + " octets of the stream are missing before this frame");
        }
        breakOff();
    }

    @Override
    public void cut(int kept, int missing, long inFrame, long at) {
        frame = inFrame;
        nanos = at;
        if (verdict == Verdict.SIP) {
            missed(
                    Gap.Kind.SNAPLEN,
                    "cut off after " + kept + " of " + (kept + missing) + " octets of content");
        } else if (verdict == Verdict.OPEN) {
            cut.add(inFrame);
        }
        breakOff();
    }

    private void breakOff() {
        if (framer != null) {
            resume();
            framer.lost();
        }
        begunFrame = 0;
        if (verdict == Verdict.OPEN) fromStart = false;
    }

    /// What is held came in an earlier segment than the one that tells of the loss.
    private void resume() {
        if (begunFrame == 0) return;
        frame = begunFrame;
        nanos = begunNanos;
    }

    /// Messages that lie whole in it are taken.
    @Override
    public void late(Packet packet) {
        if (SipStart.judge(packet.bytes, packet.from, packet.to) != SipStart.YES) return;
        var begun = begunFrame;
        frame = packet.frame;
        nanos = packet.nanos;
        late = true;
        begunFrame = 0;
        new StreamFramer(this).feed(packet.bytes, packet.from, packet.to);
        begunFrame = begun;
        late = false;
    }

    @Override
    public void end(long inFrame, long at) {
        frame = inFrame;
        nanos = at;
        end();
    }

    @Override
    public void end() {
        var ended = framer;
        framer = null;
        if (ended == null || verdict == Verdict.OPEN) return;
        var open = ended.inMessage() ? ended.held() : 0;
        resume();
        if (open > 0)
            missed(Gap.Kind.STREAM, "the stream ends after " + open + " octets of a message");
        ended.end();
        begunFrame = 0;
    }

    @Override
    public void letGo(int octets) {
        if (verdict == Verdict.SIP) {
            missed(Gap.Kind.LIMIT, "a stream was let go of which " + octets + " octets waited");
        }
    }

    private void missed(Gap.Kind kind, String says) {
        tally.missed(kind, frame, nanos, way.from(), way.to(), says);
    }
}
