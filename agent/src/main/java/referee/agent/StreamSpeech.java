// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import referee.sip.Slice;
import referee.stack.Flow;
import referee.stack.TransportError;

/// Messages follow each other in a stream (RFC 3261 §18.3).
///
/// @param stall how long a message may take to come whole
/// @param accepted whether somebody else opened it: the first message has to come as soon, and
///   pings are to be answered
/// @param held octets of messages that are not whole yet, of all streams
record StreamSpeech(Ears ears, Duration stall, boolean accepted, AtomicLong held)
        implements Speech {
    private static final Slice PING = Slice.of("\r\n\r\n".getBytes(US_ASCII));
    private static final Slice PONG = Slice.of("\r\n".getBytes(US_ASCII));

    @Override
    public Slice out(Slice message) {
        return message;
    }

    @Override
    public Slice ping() {
        return PING;
    }

    @Override
    public TransportError hear(Socket from, Flow flow, Consumer<Slice> answer) {
        var stream = new StreamEars(ears, flow, stall, accepted, held, () -> answer.accept(PONG));
        var why = reading(from, flow, stream);
        stream.end();
        return why;
    }

    private static TransportError reading(Socket from, Flow flow, StreamEars stream) {
        try {
            var in = from.getInputStream();
            var buffer = new byte[16_384];
            while (true) {
                from.setSoTimeout(stream.millisLeft());
                var got = in.read(buffer);
                if (got < 0) break;
                stream.feed(buffer, got);
            }
            var closed = new EOFException("the peer closed it" + stream.noise());
            return Errors.of(closed, flow.transport(), flow.remote());
        } catch (SocketTimeoutException e) {
            return new TransportError(TransportError.Kind.CLOSED, "no whole message came in time");
        } catch (StreamEars.Useless e) {
            return new TransportError(e.kind(), e.says());
        } catch (IOException e) {
            return Errors.of(e, flow.transport(), flow.remote());
        }
    }
}
