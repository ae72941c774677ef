// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Frames of a WebSocket, against a server that sends what it likes.
class WsFramesTest {
    private final ByteArrayOutputStream wire = new ByteArrayOutputStream();
    private final List<String> messages = new ArrayList<>();
    private final List<String> answers = new ArrayList<>();

    private void frame(int first, String payload) {
        wire.write(first);
        wire.write(payload.length());
        wire.writeBytes(payload.getBytes(US_ASCII));
    }

    private void assertEnds(String says) {
        assertThatThrownBy(() ->
                        WsFrames.read(
                                new DataInputStream(new ByteArrayInputStream(wire.toByteArray())),
                                bytes -> messages.add(new String(bytes, US_ASCII)),
                                (opcode, bytes) ->
                                        answers.add(opcode + " " + new String(bytes, US_ASCII))))
                .isInstanceOf(EOFException.class)
                .hasMessage(says);
    }

    @Test
    void putsFragmentsTogetherAndAnswersPingsBetweenThem() {
        frame(0x01, "INV");
        frame(0x89, "still there?");
        frame(0x80, "ITE");
        frame(0x82, "BYE");
        frame(0x8a, "a pong that nobody waits for");
        frame(0x88, "\003igoing away");
        assertEnds("the peer closed the WebSocket: 873 going away");
        assertThat(messages).containsExactly("INVITE", "BYE");
        assertThat(answers.getFirst()).isEqualTo("10 still there?");
        assertThat(answers).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 100_000})
    void readsWhatItWrites(int length) {
        wire.writeBytes(WsFrames.masked(WsFrames.TEXT, "x".repeat(length).getBytes(US_ASCII)));
        frame(0x88, "");
        assertEnds("the peer closed the WebSocket");
        assertThat(messages).containsExactly("x".repeat(length));
    }

    @Test
    void takesNoMessageThatIsTooLong() {
        wire.writeBytes(new byte[] {(byte) 0x81, 127, 0x7f, 0, 0, 0, 0, 0, 0, 0});
        assertEnds("a message came that is longer than we take");
    }

    @Test
    void takesNoFragmentsThatAreTooLongTogether() {
        for (var i = 0; i < 5; i++)
            wire.writeBytes(WsFrames.masked(WsFrames.TEXT, new byte[60_000]));
        var octets = wire.toByteArray();
        for (var at = 0; at < octets.length; at += 60_008) octets[at] &= 0x7f;
        wire.reset();
        wire.writeBytes(octets);
        assertEnds("a message came that is longer than we take");
        assertThat(messages).isEmpty();
    }
}
