// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/// The head of an HTTP/1.1 message that may turn a connection into a WebSocket for SIP (RFC 6455
/// §4, RFC 7118 §4).
///
/// @param sip whether the subprotocol is asked for or agreed to
record HttpHead(boolean response, int code, boolean upgrade, boolean sip) {

    /// Where the head ends, behind its empty line; -1 if that is not there.
    ///
    /// @param looked up to where it was looked for before
    static int end(byte[] bytes, int looked, int length) {
        for (var i = Math.max(2, looked); i < length; i++) {
            if (bytes[i] == '\n' && bytes[i - 1] == '\r' && bytes[i - 2] == '\n') return i + 1;
        }
        return -1;
    }

    static HttpHead read(byte[] bytes, int end) {
        var lines =
                new String(bytes, 0, end, ISO_8859_1).toLowerCase(Locale.ROOT).split("\r\n", -1);
        var upgrade = false;
        var sip = false;
        for (var line : lines) {
            var colon = line.indexOf(':');
            if (colon < 0) continue;
            var value = line.substring(colon + 1);
            switch (line.substring(0, colon).strip()) {
                case "upgrade" -> upgrade |= names(value, "websocket");
                case "sec-websocket-protocol" -> sip |= names(value, "sip");
                default -> {}
            }
        }
        var response = lines[0].startsWith("http/");
        return new HttpHead(response, response ? code(lines[0]) : 0, upgrade, sip);
    }

    private static boolean names(String list, String word) {
        for (var one : list.split(",", -1)) {
            if (one.strip().equals(word)) return true;
        }
        return false;
    }

    private static int code(String line) {
        var space = line.indexOf(' ');
        return space > 0 && line.startsWith("101", space + 1) ? 101 : 0;
    }

    /// Whether WebSocket frames with SIP follow.
    boolean turnsIntoSip() {
        return upgrade && sip && (!response || code == 101);
    }
}
