// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/// Writes a message: a start line, headers in the order they are given, and a body. What is given
/// is written as it is, right or wrong, so that a broken message can be made on purpose.
public final class MessageBuilder {
    private static final byte[] NO_BODY = new byte[0];

    private final String startLine;
    private final List<String> lines = new ArrayList<>();
    private byte[] body = NO_BODY;

    private MessageBuilder(String startLine) {
        this.startLine = startLine;
    }

    public static MessageBuilder request(String method, String uri) {
        return new MessageBuilder(method + " " + uri + " SIP/2.0");
    }

    public static MessageBuilder response(int code, String reason) {
        return new MessageBuilder("SIP/2.0 " + code + " " + reason);
    }

    public MessageBuilder header(String name, Object value) {
        lines.add(name + ": " + value);
        return this;
    }

    /// Sets the body; its length is not written, so that Content-Length can say something else.
    public MessageBuilder body(byte[] bytes) {
        body = bytes.clone();
        return this;
    }

    public MessageBuilder body(String text) {
        return body(text.getBytes(UTF_8));
    }

    /// The message on the wire: lines end in CRLF, the body follows the empty line.
    public byte[] bytes() {
        var out = new ByteArrayOutputStream(512 + body.length);
        line(out, startLine);
        for (var header : lines) line(out, header);
        line(out, "");
        out.writeBytes(body);
        return out.toByteArray();
    }

    private static void line(ByteArrayOutputStream out, String text) {
        out.writeBytes(text.getBytes(UTF_8));
        out.write('\r');
        out.write('\n');
    }
}
