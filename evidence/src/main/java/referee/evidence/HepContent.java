// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Arrays;

/// HEP version 3 over TCP: report behind report.
final class HepContent implements Content {
    private static final byte[] NOTHING = new byte[0];

    private final Streams streams;
    private final Packet packet = new Packet();
    private byte[] held = NOTHING;

    HepContent(Streams streams) {
        this.streams = streams;
    }

    @Override
    public boolean isOther() {
        return false;
    }

    @Override
    public int held() {
        return held.length;
    }

    @Override
    public void feed(byte[] bytes, int from, int to, long frame, long nanos) {
        var all = Arrays.copyOf(held, held.length + to - from);
        System.arraycopy(bytes, from, all, held.length, to - from);
        var at = 0;
        while (all.length - at >= HepReport.HEADER) {
            var length = HepReport.length(all, at);
            if (!HepReport.isVersion3(all, at, all.length) || length < HepReport.HEADER) {
                at++;
            } else if (all.length - at < length) {
                break;
            } else {
                report(all, at, at + length, frame, nanos);
                at += length;
            }
        }
        held = at == all.length ? NOTHING : Arrays.copyOfRange(all, at, all.length);
    }

    private void report(byte[] bytes, int from, int to, long frame, long nanos) {
        packet.bytes = bytes;
        packet.from = from;
        packet.to = to;
        packet.missing = 0;
        packet.frame = frame;
        packet.nanos = nanos;
        streams.reports().report(packet);
    }

    @Override
    public void lost(int octets, long frame, long nanos) {
        missed(Gap.Kind.STREAM, frame, octets + " octets of HEP are missing before this frame");
    }

    @Override
    public void cut(int kept, int missing, long frame, long nanos) {
        missed(
                Gap.Kind.SNAPLEN,
                frame,
                "HEP cut off after " + kept + " of " + (kept + missing) + " octets of content");
    }

    private void missed(Gap.Kind kind, long frame, String says) {
        streams.tally().missed(kind, frame, says);
        held = NOTHING;
    }

    @Override
    public void late(Packet late) {}

    @Override
    public void end(long frame, long nanos) {
        end();
    }

    @Override
    public void end() {
        held = NOTHING;
    }

    @Override
    public void letGo(int octets) {
        missed(Gap.Kind.LIMIT, 0, "HEP was let go of which " + octets + " octets waited");
    }
}
