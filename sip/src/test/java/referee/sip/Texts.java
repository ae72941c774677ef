// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// Messages written down in tests.
final class Texts {
    private Texts() {}

    /// A request with these header lines and no others.
    static SipMessage request(String method, String... headers) {
        return message(method + " sip:b@example.com SIP/2.0", headers, "");
    }

    static SipMessage response(int code, String... headers) {
        return message("SIP/2.0 " + code + " Reason", headers, "");
    }

    static SipMessage message(String start, String[] headers, String body) {
        var text = start + "\r\n";
        for (var header : headers) text += header + "\r\n";
        return (SipMessage) SipParser.parse(Slice.of(text + "\r\n" + body));
    }
}
