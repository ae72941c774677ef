// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// TLS: finds the hellos, opens the records behind them if the secrets are known, and hands on what
/// they hold. A connection that cannot be opened is counted, and costs nothing from then on.
final class TlsContent implements Content {
    private static final byte[] NOTHING = new byte[0];
    private static final int LONGEST_HELLO = 64 * 1024;
    private static final int MOST_HELD = 128 * 1024;

    private enum State {
        /// The hello of this side is still to come.
        HELLO,
        /// It came; records are not sealed yet.
        OPEN,
        SEALED,
        OTHER
    }

    private final Way way;
    private final Streams streams;
    private final TlsSession session;
    private final FlowContent inside;
    private final ByteArrayOutputStream handshake = new ByteArrayOutputStream();
    private State state = State.HELLO;
    private @Nullable TlsOpener opener;
    private byte[] held = NOTHING;
    private boolean lost;
    private int lostOctets;
    private boolean fits;
    private boolean opened;
    private long frame;
    private long nanos;

    TlsContent(Way way, Streams streams, TlsSession session) {
        this.way = way;
        this.streams = streams;
        this.session = session;
        this.inside = new FlowContent(way, streams, Optional.empty());
        inside.begin(true);
    }

    @Override
    public boolean isOther() {
        return state == State.OTHER || opened && inside.isOther();
    }

    @Override
    public int held() {
        return held.length + handshake.size() + inside.held();
    }

    @Override
    public void feed(byte[] bytes, int from, int to, long inFrame, long at) {
        if (state == State.OTHER) return;
        if (lost && !TlsRecord.isPlausible(bytes, from, to)) return;
        lost = false;
        if (held.length == 0 || inFrame > frame) {
            frame = inFrame;
            nanos = at;
        }
        var all = Arrays.copyOf(held, held.length + to - from);
        System.arraycopy(bytes, from, all, held.length, to - from);
        held = NOTHING;
        var done = records(all);
        if (state == State.OTHER || lost) return;
        held = done == all.length ? NOTHING : Arrays.copyOfRange(all, done, all.length);
        if (held.length > MOST_HELD) giveUp("of which one direction is missing");
    }

    private int records(byte[] all) {
        var at = 0;
        while (all.length - at > 0 && state != State.OTHER) {
            if (!TlsRecord.isPlausible(all, at, all.length)) {
                derailed();
                return all.length;
            }
            if (all.length - at < TlsRecord.HEADER) return at;
            var length = TlsRecord.length(all, at);
            if (all.length - at < length) return at;
            if (!record(TlsRecord.read(all, at))) return at;
            at += length;
        }
        return at;
    }

    private void derailed() {
        if (opened) {
            missed(Gap.Kind.STREAM, "no TLS record where one should begin");
            lost = true;
        } else {
            state = State.OTHER;
        }
    }

    /// @return false if this record has to wait for the other side's hello
    private boolean record(TlsRecord one) {
        if (state == State.HELLO || state == State.OPEN) {
            switch (one.type()) {
                case TlsRecord.HANDSHAKE -> {
                    hello(one);
                    return true;
                }
                case TlsRecord.ALERT -> {
                    return true;
                }
                case TlsRecord.CHANGE_CIPHER_SPEC -> {
                    if (state == State.HELLO) return midway();
                    if (!session.isAgreed()) return false;
                    return session.is13() || seal();
                }
                default -> {
                    if (state == State.HELLO) return midway();
                    if (!session.isAgreed()) return false;
                    if (!seal()) return true;
                }
            }
        }
        if (state == State.SEALED) unseal(one);
        return true;
    }

    private boolean midway() {
        giveUp("picked up in its middle and so not decryptable");
        return true;
    }

    /// @return true
    private boolean seal() {
        var known = session.opener(way.forward());
        if (known.isEmpty()) {
            giveUp(session.why());
        } else {
            opener = known.get();
            if (lostOctets > 0) opener.lost(lostOctets);
            state = State.SEALED;
        }
        return true;
    }

    private void unseal(TlsRecord one) {
        if (opener == null || one.type() == TlsRecord.CHANGE_CIPHER_SPEC) return;
        var plain = opener.open(one);
        if (plain.isEmpty()) {
            if (opened)
                missed(Gap.Kind.STREAM, "a TLS record does not open with the keys there are");
            return;
        }
        fits = true;
        if (plain.get().type() != TlsRecord.APPLICATION) return;
        opened = true;
        var bytes = plain.get().bytes();
        if (bytes.length > 0) inside.feed(bytes, 0, bytes.length, frame, nanos);
    }

    /// Collects the handshake up to this side's hello; the rest of it does not matter.
    private void hello(TlsRecord one) {
        if (state != State.HELLO) return;
        handshake.write(one.bytes(), one.from(), one.length());
        while (true) {
            var bytes = handshake.toByteArray();
            if (bytes.length < 4) return;
            var length = 4 + (Octets.i32(bytes, 0) & 0xffffff);
            if (length > LONGEST_HELLO) state = State.OTHER;
            if (length > bytes.length || state == State.OTHER) return;
            var hello = TlsHello.read(Arrays.copyOf(bytes, length));
            var isHello = bytes[0] == TlsHello.CLIENT || bytes[0] == TlsHello.SERVER;
            if (!isHello || hello.isEmpty()) {
                state = State.OTHER;
                return;
            }
            handshake.reset();
            session.hello(hello.get(), way.forward());
            if (!hello.get().isRetry()) {
                state = State.OPEN;
                return;
            }
            handshake.write(bytes, length, bytes.length - length);
        }
    }

    private void giveUp(String why) {
        state = State.OTHER;
        held = NOTHING;
        if (!session.report()) return;
        var outward =
                session.isAgreed() ? way.forward() == session.isClientForward() : way.isOutward();
        var client = outward ? way.from() : way.to();
        var server = outward ? way.to() : way.from();
        streams.sealed().add(client, server, session, why, frame);
    }

    @Override
    public void lost(int octets, long inFrame, long at) {
        frame = inFrame;
        nanos = at;
        breakOff(octets);
        if (state == State.SEALED) inside.lost(octets, inFrame, at);
    }

    @Override
    public void cut(int kept, int missing, long inFrame, long at) {
        frame = inFrame;
        nanos = at;
        breakOff(missing + held.length);
        if (state == State.SEALED) inside.cut(kept, missing, inFrame, at);
    }

    private void breakOff(int octets) {
        held = NOTHING;
        lost = true;
        lostOctets = Math.max(octets, lostOctets + octets);
        if (opener != null) opener.lost(octets);
        if (state == State.HELLO) state = State.OTHER;
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
        if (state == State.OPEN && held.length > 0) feed(NOTHING, 0, 0, frame, nanos);
        if (state == State.OPEN && session.isAgreed()) giveUp(session.why());
        if (state == State.SEALED && !fits) giveUp("not decryptable with the keys there are");
        inside.end();
    }

    @Override
    public void letGo(int octets) {
        if (opened) inside.letGo(octets);
    }

    private void missed(Gap.Kind kind, String says) {
        streams.tally().missed(kind, frame, nanos, way.from(), way.to(), says);
    }
}
