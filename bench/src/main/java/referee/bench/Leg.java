// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.util.SplittableRandom;
import referee.evidence.Endpoint;
import referee.sip.Digest;
import referee.sip.DigestAlgorithm;
import referee.sip.DigestSecret;
import referee.sip.MessageBuilder;

/// One Call-ID between a phone and a server, and the messages both say in it. Every message is
/// whole and valid.
final class Leg {
    private static final String REALM = "example.net";
    private static final String ALLOW =
            "INVITE, ACK, CANCEL, BYE, OPTIONS, REFER, NOTIFY, SUBSCRIBE, UPDATE";
    private final Endpoint phone;
    private final Endpoint server;
    private final String user;
    private final String callId;
    private final String phoneTag;
    private final String serverTag;
    private final SplittableRandom random;
    private int phoneCSeq;
    private int serverCSeq;
    private String nonce = "";

    Leg(int number, Endpoint phone, Endpoint server, SplittableRandom random) {
        this.phone = phone;
        this.server = server;
        this.random = random;
        this.user = "u" + number;
        this.callId = "%x-%016x@%s".formatted(number, random.nextLong(), phone.host());
        this.phoneTag = "%08x".formatted(random.nextInt());
        this.serverTag = "%08x".formatted(random.nextInt());
    }

    String callId() {
        return callId;
    }

    Endpoint phone() {
        return phone;
    }

    Endpoint server() {
        return server;
    }

    String branch() {
        return "z9hG4bK%015x".formatted(random.nextLong() >>> 4);
    }

    int nextCSeq() {
        return ++phoneCSeq;
    }

    /// A request of the phone.
    ///
    /// @param inDialog whether it carries the server's tag
    MessageBuilder request(String method, int cseq, String branch, boolean inDialog) {
        var uri =
                method.equals("REGISTER")
                        ? "sip:" + REALM
                        : inDialog ? "sip:trunk@" + server : target();
        var to =
                method.equals("REGISTER")
                        ? "<sip:" + user + "@" + REALM + ">"
                        : "<" + target() + ">";
        return MessageBuilder.request(method, uri)
                .header("Via", "SIP/2.0/UDP " + phone + ";rport;branch=" + branch)
                .header("Max-Forwards", 70)
                .header("From", from())
                .header("To", inDialog ? to + ";tag=" + serverTag : to)
                .header("Call-ID", callId)
                .header("CSeq", cseq + " " + method)
                .header("Contact", contact())
                .header("User-Agent", "Desk phone/4.2.11")
                .header("Allow", ALLOW)
                .header("Supported", "replaces, timer");
    }

    /// The phone's ACK to a final response of 300 or above: the INVITE's branch and Request-URI,
    /// the response's To.
    MessageBuilder ackToRefusal(int cseq, String branch) {
        return MessageBuilder.request("ACK", target())
                .header("Via", "SIP/2.0/UDP " + phone + ";rport;branch=" + branch)
                .header("Max-Forwards", 70)
                .header("From", from())
                .header("To", "<" + target() + ">;tag=" + serverTag)
                .header("Call-ID", callId)
                .header("CSeq", cseq + " ACK");
    }

    /// The server's answer to a request of the phone.
    MessageBuilder answer(int code, String phrase, String method, int cseq, String branch) {
        var to =
                method.equals("REGISTER")
                        ? "<sip:" + user + "@" + REALM + ">"
                        : "<" + target() + ">";
        return MessageBuilder.response(code, phrase)
                .header(
                        "Via",
                        "SIP/2.0/UDP "
                                + phone
                                + ";rport=5060;received="
                                + phone.host()
                                + ";branch="
                                + branch)
                .header("From", from())
                .header("To", code == 100 ? to : to + ";tag=" + serverTag)
                .header("Call-ID", callId)
                .header("CSeq", cseq + " " + method)
                .header("Contact", "<sip:trunk@" + server + ">")
                .header("Server", "Trunk/7.1")
                .header("Allow", ALLOW);
    }

    /// A request of the server within the dialog.
    MessageBuilder serverRequest(String method, String branch) {
        return MessageBuilder.request(method, "sip:" + user + "@" + phone)
                .header("Via", "SIP/2.0/UDP " + server + ";branch=" + branch)
                .header("Max-Forwards", 70)
                .header("From", "<" + target() + ">;tag=" + serverTag)
                .header("To", from())
                .header("Call-ID", callId)
                .header("CSeq", ++serverCSeq + " " + method)
                .header("Contact", "<sip:trunk@" + server + ">")
                .header("User-Agent", "Trunk/7.1");
    }

    /// The phone's answer to the server's last request.
    MessageBuilder phoneAnswer(int code, String phrase, String method, String branch) {
        return MessageBuilder.response(code, phrase)
                .header("Via", "SIP/2.0/UDP " + server + ";branch=" + branch)
                .header("From", "<" + target() + ">;tag=" + serverTag)
                .header("To", from())
                .header("Call-ID", callId)
                .header("CSeq", serverCSeq + " " + method);
    }

    String challenge(boolean stale) {
        nonce = "%016x%08x".formatted(random.nextLong(), random.nextInt());
        return "Digest realm=\"%s\", nonce=\"%s\", algorithm=MD5, qop=\"auth\"%s"
                .formatted(REALM, nonce, stale ? ", stale=true" : "");
    }

    /// Credentials for the last challenge.
    String credentials(String method, String password) {
        var uri = method.equals("REGISTER") ? "sip:" + REALM : target();
        var cnonce = "%08x".formatted(random.nextInt());
        var secret = DigestSecret.of(DigestAlgorithm.MD5, user, REALM, password);
        var response =
                Digest.of(DigestAlgorithm.MD5, nonce, "auth", "00000001", cnonce, method, uri)
                        .response(secret);
        return "Digest username=\"%s\", realm=\"%s\", nonce=\"%s\", uri=\"%s\", response=\"%s\", algorithm=MD5, qop=auth, nc=00000001, cnonce=\"%s\""
                .formatted(user, REALM, nonce, uri, response, cnonce);
    }

    String sdp(Endpoint owner) {
        return """
        v=0
        o=- %d 1 IN IP4 %s
        s=call
        c=IN IP4 %s
        t=0 0
        m=audio %d RTP/AVP 8 0 18 101
        a=rtpmap:8 PCMA/8000
        a=rtpmap:0 PCMU/8000
        a=rtpmap:18 G729/8000
        a=rtpmap:101 telephone-event/8000
        a=fmtp:101 0-15
        a=ptime:20
        a=sendrecv
        """
                .formatted(
                        random.nextInt(1, 1_000_000),
                        owner.host(),
                        owner.host(),
                        2 * random.nextInt(5_000, 30_000))
                .replace("\n", "\r\n");
    }

    /// The finished message, with its Content-Type and Content-Length.
    static byte[] whole(MessageBuilder message, String type, String body) {
        if (!body.isEmpty()) message.header("Content-Type", type);
        return message.header("Content-Length", body.length()).body(body).bytes();
    }

    static byte[] whole(MessageBuilder message) {
        return whole(message, "", "");
    }

    private String target() {
        return "sip:+4930" + user.substring(1) + "@" + REALM;
    }

    private String from() {
        return "\"User " + user + "\" <sip:" + user + "@" + REALM + ">;tag=" + phoneTag;
    }

    private String contact() {
        return "<sip:" + user + "@" + phone + ">";
    }
}
