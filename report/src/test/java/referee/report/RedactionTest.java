// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import referee.evidence.Endpoint;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.Transport;

class RedactionTest {
    private static final String INVITE =
            """
            INVITE sip:+4930123456@pbx.corp.test:5070;transport=udp SIP/2.0
            Via: SIP/2.0/UDP 10.1.2.3:5060;branch=z9hG4bK77;rport
            f: "Grace Hopper" <sip:grace:hunter2@corp.test>;tag=a1
            To: <sip:+4930123456@pbx.corp.test>
            Call-ID: 8f3a@10.1.2.3
            CSeq: 101 INVITE
            m: <sip:grace@10.1.2.3:5060>;+sip.instance="<urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6>"
            Max-Forwards: 70
            User-Agent: Phone 1.0
            Authorization: Digest username="grace", realm="corp.test", nonce="abcdef0123", uri="sip:+4930123456@pbx.corp.test", response="0123456789abcdef0123456789abcdef", nc=00000001
            P-Asserted-Identity: "Grace Hopper" <tel:+4930123456>
            X-Customer: grace at 8.8.8.8, account 99887766
            Content-Type: application/sdp
            Content-Length: %d

            %s\
            """;

    private static final String SDP =
            """
            v=0
            o=grace 1 1 IN IP4 10.1.2.3
            s=Grace's call
            c=IN IP4 10.1.2.3
            t=0 0
            m=audio 4000 RTP/AVP 0
            a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:c2VjcmV0c2VjcmV0
            """;

    private static final List<String> TELLING =
            List.of(
                    "grace",
                    "Grace",
                    "Hopper",
                    "hunter2",
                    "4930123456",
                    "corp.test",
                    "10.1.2.3",
                    "8.8.8.8",
                    "8f3a",
                    "abcdef0123",
                    "0123456789abcdef",
                    "f81d4fae",
                    "99887766",
                    "c2VjcmV0");

    @Test
    void leavesNothingThatTellsWhoItWas() {
        assertThat(redacted(invite()).bytes().text()).doesNotContain(TELLING);
    }

    @Test
    void replacesTheSameByTheSame() {
        var text = redacted(invite()).bytes().text();

        assertThat(text)
                .containsPattern(
                        "(?s)INVITE sip:(\\S+?)@.*To: <sip:\\1@.*P-Asserted-Identity: \"Name 1\" <tel:\\1>")
                .containsPattern("(?s)INVITE (\\S+);transport=udp SIP.*uri=\"")
                .containsPattern(
                        "(?s)UDP (10\\.[0-9.]+):5060.*Call-ID: call1@\\1\\s.*c=IN IP4 \\1");
    }

    @Test
    void keepsWhatTheMessageDoes() {
        var before = invite();
        var after = redacted(before);

        assertThat(after.flaws()).isEmpty();
        assertThat(after.headerCount()).isEqualTo(before.headerCount());
        assertThat(after.bytes().text())
                .contains(
                        "CSeq: 101 INVITE",
                        ";tag=tag1",
                        "branch=z9hG4bKb1",
                        "User-Agent: Phone 1.0")
                .containsPattern("INVITE sip:\\+[0-9]{10}@")
                .containsPattern("response=\"[0-9a-f]{32}\"");
    }

    @Test
    void keepsContentLengthAsRightOrWrongAsItWas() {
        var tooLong = INVITE.formatted(SDP.length() + 50, SDP).replace("\n", "\r\n");

        assertThat(redacted(parse(tooLong)).flaws())
                .extracting(flaw -> flaw.code())
                .isEqualTo(parse(tooLong).flaws().stream().map(flaw -> flaw.code()).toList());
    }

    @Test
    void findsTheCallThatAnEscapedReplacesNames() {
        var refer =
                parse(
                        """
                        REFER sip:bob@192.0.2.9 SIP/2.0
                        Call-ID: 8f3a@10.1.2.3
                        Refer-To: <sip:carol@192.0.2.30?Replaces=8f3a%4010.1.2.3%3Bto-tag%3D7%3Bfrom-tag%3D8>

                        """
                                .replace("\n", "\r\n"));
        var text = redacted(refer).bytes().text();

        assertThat(text)
                .containsPattern(
                        "(?s)Call-ID: call1@(10[0-9.]+)\\s.*Replaces=call1%40\\1%3Bto-tag%3Dtag1%3Bfrom-tag%3Dtag2>");
    }

    @Test
    void neverFailsOnWhatIsNoSip() {
        var random = new java.util.Random(7);
        for (var i = 0; i < 2_000; i++) {
            var bytes = INVITE.formatted(SDP.length(), SDP).getBytes(StandardCharsets.ISO_8859_1);
            for (var n = 0; n < 20; n++)
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            if (SipParser.parse(Slice.of(bytes)) instanceof SipMessage message) redacted(message);
        }
    }

    private static SipMessage invite() {
        var sdp = SDP.replace("\n", "\r\n");
        return parse(INVITE.formatted(sdp.length(), SDP).replace("\n", "\r\n"));
    }

    private static SipMessage parse(String text) {
        return (SipMessage) SipParser.parse(Slice.of(text));
    }

    private static SipMessage redacted(SipMessage message) {
        var seen = new ArrayList<Sighting>();
        var witness =
                new Witness() {
                    @Override
                    public void saw(Sighting sighting) {
                        seen.add(sighting);
                    }

                    @Override
                    public void missed(Gap gap) {}

                    @Override
                    public void unreachable(Unreachable error) {}
                };
        var at = new Endpoint("10.1.2.3", 5060);
        new Redaction(witness).saw(new Sighting(1, Instant.EPOCH, at, at, Transport.UDP, message));
        return seen.isEmpty() ? message : seen.getFirst().message();
    }

    @Test
    void redactsGapsToo() {
        var said = new ArrayList<String>();
        new Redaction(
                        new Witness() {
                            @Override
                            public void saw(Sighting sighting) {}

                            @Override
                            public void missed(Gap gap) {
                                said.add(gap.says());
                            }

                            @Override
                            public void unreachable(Unreachable error) {}
                        })
                .missed(
                        new Gap(
                                Gap.Kind.STREAM,
                                1,
                                Optional.empty(),
                                Optional.empty(),
                                "12 octets from 10.1.2.3 (sips:sip.corp.test) are missing"));

        assertThat(said)
                .singleElement()
                .asString()
                .startsWith("12 octets from 10.")
                .doesNotContain("10.1.2.3")
                .doesNotContain("corp");
    }
}
