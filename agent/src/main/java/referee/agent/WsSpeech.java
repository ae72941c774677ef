// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import java.util.function.Consumer;
import referee.sip.NotSip;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.stack.Flow;
import referee.stack.TransportError;

/// A message of a WebSocket that we have opened is one SIP message (RFC 7118 §5).
record WsSpeech(Ears ears) implements Speech {
    @Override
    public Slice out(Slice message) {
        var opcode = isText(message) ? WsFrames.TEXT : WsFrames.BINARY;
        return Slice.of(WsFrames.masked(opcode, message.copy()));
    }

    @Override
    public Slice ping() {
        return Slice.of(WsFrames.masked(WsFrames.PING, new byte[0]));
    }

    /// Text has to be UTF-8; a message may hold any octets (RFC 7118 §4.2).
    static boolean isText(Slice bytes) {
        return Arrays.equals(bytes.text().getBytes(UTF_8), bytes.copy());
    }

    @Override
    public TransportError hear(Socket from, Flow flow, Consumer<Slice> answer) {
        try {
            WsFrames.read(
                    new DataInputStream(new BufferedInputStream(from.getInputStream())),
                    bytes -> heard(ears, flow, bytes),
                    (opcode, bytes) -> answer.accept(Slice.of(WsFrames.masked(opcode, bytes))));
            throw new EOFException("the peer closed it");
        } catch (IOException e) {
            return Errors.of(e, flow.transport(), flow.remote());
        }
    }

    static void heard(Ears ears, Flow flow, byte[] bytes) {
        switch (SipParser.parse(Slice.of(bytes))) {
            case SipMessage message -> ears.received(flow, message);
            case NotSip(var why) -> ears.noise(flow, why);
        }
    }
}
