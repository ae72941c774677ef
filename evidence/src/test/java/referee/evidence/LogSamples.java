// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The same short call, written the way each program writes it: Alice at 192.0.2.20 calls the
/// program at 192.0.2.10, which then sends an OPTIONS of its own.
final class LogSamples {
    /// @param received by the program that writes the log
    record Passing(boolean received, String time, String message) {
        int octets() {
            return message.length();
        }

        /// As lines, the way a log prints them that loses the CR.
        String text() {
            return message.replace("\r", "");
        }

        String pick(String ifReceived, String ifSent) {
            return received ? ifReceived : ifSent;
        }
    }

    static final String SDP =
            """
            v=0
            o=- 1 1 IN IP4 192.0.2.20
            s=-
            c=IN IP4 192.0.2.20
            t=0 0
            m=audio 4000 RTP/AVP 8
            a=rtpmap:8 PCMA/8000
            """
                    .replace("\n", "\r\n");

    static final List<Passing> CALL =
            List.of(
                    new Passing(true, "20:28:01.100000", request("INVITE", "192.0.2.20", 1, SDP)),
                    new Passing(false, "20:28:01.250000", ok("INVITE", 1, SDP)),
                    new Passing(true, "20:28:01.300000", request("ACK", "192.0.2.20", 1, "")),
                    new Passing(false, "20:28:02.000000", request("OPTIONS", "192.0.2.10", 7, "")));

    static final List<String> NAMES = LogFormats.ALL.stream().map(LogFormat::name).toList();

    private LogSamples() {}

    static String request(String method, String from, int number, String body) {
        var to = from.equals("192.0.2.20") ? "192.0.2.10" : "192.0.2.20";
        return message(method + " sip:bob@" + to + ":5060 SIP/2.0", method, from, number, body);
    }

    static String ok(String method, int number, String body) {
        return message("SIP/2.0 200 OK", method, "192.0.2.20", number, body);
    }

    private static String message(
            String start, String method, String from, int number, String body) {
        var ours = from.equals("192.0.2.10") || start.startsWith("SIP");
        var lines = new ArrayList<String>();
        lines.add(start);
        lines.add("Via: SIP/2.0/UDP " + from + ":5060;branch=z9hG4bK" + method.charAt(0) + number);
        lines.add("From: <sip:alice@" + from + ">;tag=a");
        lines.add("To: <sip:bob@192.0.2.10>");
        lines.add("Call-ID: " + (method.equals("OPTIONS") ? "ping" : "call"));
        lines.add("CSeq: " + number + " " + method);
        lines.add("Contact: <sip:x@" + (ours ? "192.0.2.10" : from) + ":5060>");
        if (!body.isEmpty()) lines.add("Content-Type: application/sdp");
        lines.add("Content-Length: " + body.length());
        return String.join("\r\n", lines) + "\r\n\r\n" + body;
    }

    /// The call as this format has it, LF for every line end.
    static String of(String format) {
        var text = new StringBuilder();
        for (var one : CALL) text.append(entry(format, one));
        return text.toString();
    }

    static String entry(String format, Passing one) {
        return entry(format, one, one.text());
    }

    static String entry(String format, Passing one, String text) {
        var peer = "192.0.2.20:5060";
        return switch (format) {
            case "asterisk-pjsip" ->
                    "[2026-01-08 %s] VERBOSE[934] res_pjsip_logger.c: <--- %s SIP %s (%d bytes) %s UDP:%s --->\n%s\n"
                            .formatted(
                                    one.time().substring(0, 12),
                                    one.pick("Received", "Transmitting"),
                                    text.startsWith("SIP") ? "response" : "request",
                                    one.octets(),
                                    one.pick("from", "to"),
                                    peer,
                                    text);
            case "asterisk-sip" ->
                    one.received()
                            ? "[Jan  8 20:28:01] VERBOSE[12]: chan_sip.c:\n<--- SIP read from UDP:%s --->\n%s<------------->\n--- (9 headers 7 lines) ---\n"
                                    .formatted(peer, text)
                            : "[Jan  8 20:28:01] VERBOSE[12]: chan_sip.c: Reliably Transmitting (no NAT) to %s:\n%s\n---\n"
                                    .formatted(peer, text);
            case "freeswitch" ->
                    "%s %d bytes %s udp/[192.0.2.20]:5060 at %s:\n%s\n%s%s\n"
                            .formatted(
                                    one.pick("recv", "send"),
                                    one.octets(),
                                    one.pick("from", "to"),
                                    one.time(),
                                    "-".repeat(72),
                                    text,
                                    "-".repeat(72));
            case "kamailio-sipdump" -> sipdump(one, text);
            case "sipp" ->
                    "%s 2026-01-08T%sZ\nUDP message %s [%d] bytes:\n\n%s\n"
                            .formatted(
                                    "-".repeat(47),
                                    one.time(),
                                    one.pick("received", "sent"),
                                    one.octets(),
                                    text);
            case "pjsip" ->
                    "%s           pjsua_core.c  .%s %d bytes Request msg X/cseq=1 (rdata0x55ab) %s UDP %s:\n%s\n--end msg--\n"
                            .formatted(
                                    one.time().substring(0, 12),
                                    one.pick("RX", "TX"),
                                    one.octets(),
                                    one.pick("from", "to"),
                                    peer,
                                    text);
            case "cisco-cube" ->
                    "007592: Jan  8 %s: //-1/xxxxxxxxxxxx/SIP/Msg/ccsipDisplayMsg:\n%s\n%s\n"
                            .formatted(
                                    one.time().substring(0, 12),
                                    one.pick("Received: ", "Sent: "),
                                    text);
            case "cisco-cucm" ->
                    "00004995.002 |%s |AppInfo  |SIPUdp - %s: %s SIP UDP message %s 192.0.2.20:[5060]:\n[120,NET]\n%s\n"
                            .formatted(
                                    one.time().substring(0, 12),
                                    one.pick("wait_SdlReadRsp", "wait_SdlSPISignal"),
                                    one.pick("Incoming", "Outgoing"),
                                    one.pick("size " + one.octets() + " from", "to"),
                                    text);
            case "audiocodes" -> audioCodes(one, text);
            case "belle-sip" ->
                    "2026-01-08 %s:%s belle-sip-message-channel [0x55]: %s\n%s\n"
                            .formatted(
                                    one.time().substring(0, 8),
                                    one.time().substring(9, 12),
                                    one.pick(
                                            "received ["
                                                    + one.octets()
                                                    + "] new bytes from [UDP://192.0.2.20:5060]:",
                                            "message sent to [UDP://192.0.2.20:5060], size: ["
                                                    + one.octets()
                                                    + "] bytes"),
                                    text);
            case "sngrep" -> "2026/01/08 %s %s\n%s\n\n".formatted(one.time(), ends(one), text);
            case "ngrep" ->
                    "#\nU 2026/01/08 %s %s #12\n%s\n"
                            .formatted(
                                    one.time(),
                                    ends(one),
                                    text.replace("\r", "").replace("\n", ".\n"));
            default -> throw new IllegalArgumentException(format);
        };
    }

    private static String ends(Passing one) {
        return one.pick("192.0.2.20:5060 -> 192.0.2.10:5060", "192.0.2.10:5060 -> 192.0.2.20:5060");
    }

    private static String sipdump(Passing one, String text) {
        var from = one.pick("192.0.2.20", "192.0.2.10");
        var to = one.pick("192.0.2.10", "192.0.2.20");
        var seconds = one.time().startsWith("20:28:02") ? 1767904082 : 1767904081;
        return """
        ====================
        tag: %s
        pid: 812
        process: 3
        time: %d.%s
        date: Thu Jan  8 20:28:01 2026
        proto: udp ipv4
        srcip: %s
        srcport: 5060
        dstip: %s
        dstport: 5060
        ~~~~~~~~~~~~~~~~~~~~
        %s||||||||||||||||||||
        """
                .formatted(
                        one.pick("rcv", "snd"), seconds, one.time().substring(9), from, to, text);
    }

    private static String audioCodes(Passing one, String text) {
        return "<133>[S=17%d] [SID=b9027c:24:198171]  (N 6891937) ---- %s SIP Message %s 192.0.2.20:5060 %s SIPInterface #2 (Teams) UDP TO(#138) ---- #012%s #012 #012 [Time:08-01@%s]\n"
                .formatted(
                        one.octets(),
                        one.pick("Incoming", "Outgoing"),
                        one.pick("from", "to"),
                        one.pick("to", "from"),
                        text.replace("\n", "#012"),
                        one.time().substring(0, 12).toLowerCase(Locale.ROOT));
    }
}
