// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SdpTest {
    private static final String CALL =
            """
            v=0
            o=alice 289 290 IN IP4 192.0.2.1
            s=-
            c=IN IP4 192.0.2.10
            t=0 0
            a=sendonly
            m=audio 49170/2 RTP/SAVP 0 96
            a=rtpmap:96 opus/48000/2
            a=fmtp:96 useinbandfec=1
            m=video 0 RTP/AVP 31
            c=IN IP6 2001:db8::1
            a=inactive
            m=audio 6000 RTP/AVP 8
            c=IN IP4 233.252.0.1/127
            a=SENDRECV
            """;

    @Test
    void tellsWhoSendsWhatWhere() {
        var sdp = read(CALL.replace("\n", "\r\n"));

        assertThat(sdp.origin()).contains(new Sdp.Origin("alice", "289", "290", "192.0.2.1"));
        assertThat(sdp.address()).contains("192.0.2.10");
        assertThat(sdp.media()).hasSize(3);
        var first = sdp.media().getFirst();
        assertThat(first.type()).isEqualTo("audio");
        assertThat(first.port()).isEqualTo(49170);
        assertThat(first.protocol()).isEqualTo("RTP/SAVP");
        assertThat(first.formats()).containsExactly("0", "96");
        assertThat(first.codecs()).containsExactly(new Sdp.Codec("96", "opus/48000/2"));
    }

    @Test
    void givesEachStreamItsOwnAddressAndDirectionOrElseTheSessions() {
        var media = read(CALL).media();

        assertThat(media)
                .map(one -> one.address().orElseThrow())
                .containsExactly("192.0.2.10", "2001:db8::1", "233.252.0.1");
        assertThat(media)
                .map(Sdp.Media::direction)
                .containsExactly(
                        Sdp.Direction.SENDONLY, Sdp.Direction.INACTIVE, Sdp.Direction.SENDRECV);
    }

    @Test
    void streamsFlowBothWaysUnlessSaid() {
        assertThat(read("v=0\nm=audio 4000 RTP/AVP 0\n").media())
                .map(Sdp.Media::direction)
                .containsExactly(Sdp.Direction.SENDRECV);
    }

    @Test
    void isHeldWhenNoOpenStreamMayBeSentTo() {
        assertThat(read("v=0\nm=audio 4000 RTP/AVP 0\na=sendonly\n").isHeld()).isTrue();
        assertThat(read("v=0\nm=audio 4000 RTP/AVP 0\na=inactive\n").isHeld()).isTrue();
        assertThat(read("v=0\nc=IN IP4 0.0.0.0\nm=audio 4000 RTP/AVP 0\n").isHeld()).isTrue();
        assertThat(read("v=0\na=sendonly\nm=audio 4000 RTP/AVP 0\nm=video 0 RTP/AVP 31\n").isHeld())
                .isTrue();
    }

    @Test
    void isNotHeldWhenOneStreamIsOpenOrNoneIsThere() {
        assertThat(read("v=0\nm=audio 4000 RTP/AVP 0\na=recvonly\n").isHeld()).isFalse();
        assertThat(read(CALL).isHeld()).isFalse();
        assertThat(read("v=0\nm=audio 0 RTP/AVP 0\na=inactive\n").isHeld()).isFalse();
        assertThat(read("v=0\n").isHeld()).isFalse();
    }

    @Test
    void leavesAnUnreadableOriginOut() {
        assertThat(read("v=0\no=alice\n").origin()).isEmpty();
    }

    @Test
    void saysWhatIsWrong() {
        assertThat(
                        List.of(
                                "",
                                "s=-\n",
                                "v=0\nc=IN\n",
                                "v=0\nm=audio\n",
                                "v=0\nm=audio x RTP/AVP\n",
                                "v=0\nm=audio 65536 RTP/AVP 0\n"))
                .map(text -> ((Field.Broken<Sdp>) Sdp.read(Slice.of(text))).flaw().code())
                .containsExactly(
                        "sdp-version",
                        "sdp-version",
                        "sdp-connection-form",
                        "sdp-media-form",
                        "sdp-media-form",
                        "sdp-media-form");
    }

    @Test
    void readsNoMoreThanItsLimits() {
        var streams = read("v=0\n" + "m=audio 4000 RTP/AVP 0\n".repeat(1000));
        var formats = read("v=0\nm=audio 4000 RTP/AVP" + " 0".repeat(1000) + "\n");
        var codecs = read("v=0\nm=audio 1 RTP/AVP 0\n" + "a=rtpmap:0 PCMU/8000\n".repeat(1000));

        assertThat(streams.media()).hasSize(64);
        assertThat(formats.media().getFirst().formats()).hasSize(256);
        assertThat(codecs.media().getFirst().codecs()).hasSize(256);
    }

    @Test
    void isFoundInABodyOfItsOwnTypeOnly() {
        assertThat(of("application/sdp", "v=0\r\n").isPresent()).isTrue();
        assertThat(of("Application/SDP;charset=utf-8", "v=0\r\n").isPresent()).isTrue();
        assertThat(of("text/plain", "v=0\r\n").isAbsent()).isTrue();
        assertThat(of("application/sdp", "").isAbsent()).isTrue();
        assertThat(of("application", "v=0\r\n")).isInstanceOf(Field.Broken.class);
    }

    @Test
    void isFoundInAMultipartBody() {
        var body =
                "preamble --b\r\n--b\r\nContent-Type: application/ISUP;version=x\r\n\r\n\1\2\r\n"
                        + "--b\r\ncontent-type: application/sdp\r\nContent-Disposition: session\r\n\r\n"
                        + "v=0\r\nm=audio 4000 RTP/AVP 0\r\n--b--\r\n";

        var found = of("multipart/mixed;boundary=\"b\"", body).optional().orElseThrow();

        assertThat(found.media()).hasSize(1);
        assertThat(found.media().getFirst().formats()).containsExactly("0");
        assertThat(of("multipart/mixed", body).isAbsent()).isTrue();
        assertThat(of("multipart/mixed;boundary=c", body).isAbsent()).isTrue();
    }

    private static Sdp read(String text) {
        return Sdp.read(Slice.of(text)).optional().orElseThrow();
    }

    private static Field<Sdp> of(String type, String body) {
        return Sdp.of(
                Texts.message("SIP/2.0 200 OK", new String[] {"Content-Type: " + type}, body));
    }
}
