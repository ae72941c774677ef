// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

/// What a proxy does to the bytes of a message.
final class Hops {
    private Hops() {}

    /// The same message with one more Via on top.
    static byte[] withVia(byte[] bytes, String via) {
        var text = new String(bytes, ISO_8859_1);
        var end = text.indexOf("\r\n") + 2;
        return (text.substring(0, end) + "Via: " + via + "\r\n" + text.substring(end))
                .getBytes(ISO_8859_1);
    }

    /// A branch that is always the same for the same top branch, so that a response finds its way
    /// back.
    static String branch(byte[] bytes) {
        var text = new String(bytes, ISO_8859_1);
        var from = text.indexOf("branch=") + 7;
        return text.substring(from, text.indexOf("\r\n", from)) + ".p";
    }
}
