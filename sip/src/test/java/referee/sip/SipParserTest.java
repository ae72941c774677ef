// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SipParserTest {
    @Test
    void findsThePartsOfARequest() {
        var message =
                parse(
                        "INVITE sip:b@example.com SIP/2.0\r\nt: <sip:b@example.com>\r\nX-Y: \r\n\r\nbody");
        var start = (StartLine.Request) message.start();

        assertThat(start.method()).isSameAs(Methods.INVITE);
        assertThat(start.uri().text()).isEqualTo("sip:b@example.com");
        assertThat(start.version().text()).isEqualTo("SIP/2.0");
        assertThat(message.headers())
                .extracting(SipMessage.Header::kind)
                .containsExactly(HeaderName.TO, HeaderName.OTHER);
        assertThat(message.value(1).isEmpty()).isTrue();
        assertThat(message.body().text()).isEqualTo("body");
        assertThat(message.flaws()).isEmpty();
    }

    @Test
    void findsThePartsOfAResponse() {
        var message = parse("SIP/2.0 486 Busy Here\r\nCSeq: 1 INVITE\r\n\r\n");
        var start = (StartLine.Response) message.start();

        assertThat(start.code()).isEqualTo(486);
        assertThat(start.reason().text()).isEqualTo("Busy Here");
        assertThat(message.method()).isEqualTo(Methods.INVITE);
    }

    @Test
    void keepsFoldedLinesWithTheirHeader() {
        var message =
                parse(
                        "BYE sip:b SIP/2.0\r\nSubject: one\r\n two\r\n\tthree\r\nCSeq: 1 BYE\r\n\r\n");

        assertThat(message.headerCount()).isEqualTo(2);
        assertThat(message.value(0).text()).isEqualTo("one\r\n two\r\n\tthree");
    }

    @Test
    void skipsLineEndsBeforeTheStartLine() {
        assertThat(parse("\r\n\r\nBYE sip:b SIP/2.0\r\n\r\n").method()).isEqualTo("BYE");
    }

    @Test
    void knowsNamesWhateverTheirCaseAndLength() {
        var message =
                parse("BYE sip:b SIP/2.0\r\nCALL-ID : a\r\ni:b\r\nI\t: c\r\nCall-I: d\r\n\r\n");

        assertThat(message.headers())
                .extracting(SipMessage.Header::kind)
                .containsExactly(
                        HeaderName.CALL_ID,
                        HeaderName.CALL_ID,
                        HeaderName.CALL_ID,
                        HeaderName.OTHER);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BYE sip:b SIP/2.0~CSeq: 1 BYE~|headers-not-ended",
                "BYE sip:b SIP/2.0~CSeq~~|header-without-colon",
                "BYE sip:b SIP/2.0~: 1~~|header-name-empty",
                "BYE sip:b SIP/2.0~C Seq: 1~~|header-name-not-token",
                "BYE sip:b SIP/2.0~ folded~~|continuation-without-header",
                "BYE  sip:b SIP/2.0~~|start-line-extra-space",
                "BYE sip:b SIP/2.0 ~~|start-line-trailing-space",
                "SIP/2.0 200~~|status-line-no-space-after-code",
                "SIP/2.0 700 High~~|status-code-out-of-range",
                "SIP/2.0 20 Low~~|status-code-out-of-range",
                "BYE sip:b SIP/2.0~l: 2~~a|body-shorter-than-content-length",
                "BYE sip:b SIP/2.0~l: 99999999999999999999~~a|content-length-too-large",
                "BYE sip:b SIP/2.0~l: 0~~a|octets-after-body",
                "BYE sip:b SIP/2.0~l: -1~~a|content-length-negative",
                "BYE sip:b SIP/2.0~l: 1x~~a|content-length-form",
                "BYE sip:b SIP/2.0~l: 1~l: 1~~a|content-length-repeated",
            })
    void saysWhatIsWrong(String text, String code) {
        assertThat(parse(text.replace("~", "\r\n")).flaws())
                .extracting(Flaw::code)
                .containsExactly(code);
    }

    @Test
    void livesWithBareLineFeedsAndSaysSoOnce() {
        var message = parse("BYE sip:b SIP/2.0\nCSeq: 1 BYE\n\nbody");

        assertThat(message.first(CSeq.KIND).isPresent()).isTrue();
        assertThat(message.body().text()).isEqualTo("body");
        assertThat(message.flaws()).extracting(Flaw::code).containsExactly("line-ends-in-bare-lf");
    }

    @Test
    void countsLeadingZerosOfALengthForNothing() {
        assertThat(
                        parse("BYE sip:b SIP/2.0\r\nl: " + "0".repeat(30) + "2\r\n\r\nabc")
                                .body()
                                .text())
                .isEqualTo("ab");
    }

    @Test
    void takesEverythingForTheBodyWhereTwoLengthsDiffer() {
        var message = parse("BYE sip:b SIP/2.0\r\nl: 1\r\nl: 2\r\n\r\nabc");

        assertThat(message.body().text()).isEqualTo("abc");
        assertThat(message.flaws())
                .extracting(Flaw::code)
                .containsExactly("content-length-repeated");
    }

    @Test
    void leavesHeadersBeyondTheLimitUnread() {
        var message =
                parse(
                        "BYE sip:b SIP/2.0\r\n"
                                + "X: 1\r\n".repeat(SipParser.MAX_HEADERS + 9)
                                + "\r\n");

        assertThat(message.headerCount()).isEqualTo(SipParser.MAX_HEADERS);
        assertThat(message.flaws()).extracting(Flaw::code).containsOnly("too-many-headers");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``",
                "`\r\n\r\n`",
                "INVITE sip:b~",
                "HTTP/1.1 200 OK~",
                "GET / HTTP/1.1~",
                "SIP/2.0 OK~",
                "SIP/2.0 SIP/2.0~",
                "INVITE SIP/2.0~",
                "@@@ sip:b SIP/2.0~"
            })
    void saysWhatIsNoSip(String text) {
        assertThat(SipParser.parse(Slice.of(text.replace("~", "\r\n\r\n"))))
                .isInstanceOf(NotSip.class);
    }

    private static SipMessage parse(String text) {
        return (SipMessage) SipParser.parse(Slice.of(text));
    }
}
