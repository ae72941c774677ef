// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The headers that hold numbers, words and texts.
class PlainHeadersTest {
    /// Header, value, and either the record it is read as or the flaw's code.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CSeq|0009<CRLF> INVITE|CSeq[number=9, method=INVITE]",
                "CSeq|2147483647 x|CSeq[number=2147483647, method=x]",
                "CSeq|2147483648 ACK|cseq-too-large",
                "CSeq|36893488147419103232 ACK|cseq-too-large",
                "CSeq|0000000000000000000000000000007 ACK|CSeq[number=7, method=ACK]",
                "CSeq|-1 ACK|cseq-negative",
                "CSeq|1|cseq-form",
                "CSeq|1 ACK ACK|cseq-form",
                "CSeq|INVITE 1|cseq-form",
                "Max-Forwards|0|MaxForwards[hops=0]",
                "Max-Forwards|255|MaxForwards[hops=255]",
                "Max-Forwards|256|max-forwards-too-large",
                "Max-Forwards|-1|max-forwards-negative",
                "Max-Forwards|7O|max-forwards-form",
                "Expires|4294967295|Expires[seconds=4294967295]",
                "Expires|4294967296|expires-too-large",
                "Expires|3600.5|expires-form",
                "Expires|``|expires-form",
                "Min-Expires|60|MinExpires[seconds=60]",
                "Min-Expires|a|min-expires-form",
                "Content-Length|0|ContentLength[octets=0]",
                "Content-Length|-999|content-length-negative",
                "Content-Length|five|content-length-form",
                "Min-SE|90;x=1|MinSE[seconds=90]",
                "Min-SE|90 x|min-se-form",
                "Session-Expires|1800;refresher=UAC|SessionExpires[seconds=1800, refresher=Optional[UAC]]",
                "Session-Expires|1800 ; Refresher = uas|SessionExpires[seconds=1800, refresher=Optional[UAS]]",
                "x|1800;refresher=me|SessionExpires[seconds=1800, refresher=Optional.empty]",
                "Session-Expires|;refresher=uac|session-expires-form",
                "Session-Expires|1800 refresher=uac|session-expires-form",
                "RSeq|4294967295|RSeq[number=4294967295]",
                "RSeq|0|rseq-zero",
                "RSeq|4294967296|rseq-too-large",
                "RAck|776656 1 INVITE|RAck[rseq=776656, cseq=1, method=INVITE]",
                "RAck|776656 INVITE|rack-form",
                "RAck|x 1 INVITE|rack-form",
                "Call-ID|f81d4fae@192.0.2.1|CallId[text=f81d4fae@192.0.2.1]",
                "i|w%ZK-!.*_+'@word~)(><:/\"][?}{|CallId[text=w%ZK-!.*_+'@word~)(><:/\"][?}{]",
                "Call-ID|a b|call-id-form",
                "Call-ID|a@b@c|call-id-form",
                "Call-ID|@b|call-id-form",
                "Call-ID|``|call-id-form",
                "Retry-After|120 (I'm (really) in a \\) meeting);duration=60|RetryAfter[seconds=120, comment=Optional[I'm (really) in a ) meeting], duration=Optional[60]]",
                "Retry-After|120|RetryAfter[seconds=120, comment=Optional.empty, duration=Optional.empty]",
                "Retry-After|120 (open|retry-after-form",
                "Retry-After|soon|retry-after-form",
                "Reason|Q.850 ;cause=16 ;text=\"Terminated, \\\"ok\\\"\"|Reason[protocol=Q.850, cause=Optional[16], text=Optional[Terminated, \"ok\"]]",
                "Reason|SIP;cause=x|Reason[protocol=SIP, cause=Optional.empty, text=Optional.empty]",
                "Reason|;cause=16|reason-form",
                "Warning|370 example.com:5060 \"Too \\\"slow\\\"\"|Warning[code=370, agent=example.com:5060, text=Too \"slow\"]",
                "Warning|1812 overture \"In Progress\"|warning-code-form",
                "Warning|399 example.com no quotes|warning-form",
                "Warning|399 \"no agent\"|warning-form",
                "User-Agent|Softphone/1.5 (x)|UserAgent[text=Softphone/1.5 (x)]",
                "User-Agent|``|user-agent-empty",
                "Server|Home/2|Server[text=Home/2]",
                "Require|100rel|OptionTag[name=100rel]",
                "Require|``|require-form",
                "Require|a b|require-form",
                "Supported|a@|supported-form",
                "Unsupported|x|OptionTag[name=x]",
                "Proxy-Require|,|proxy-require-form",
                "Allow|INVITE|Allow[method=INVITE]",
                "Allow|IN VITE|allow-form",
                "u|dialog.winfo|AllowEvents[name=dialog.winfo]",
                "Allow-Events|``|allow-events-form",
                "Session-ID|ab30317f1a784dc48ff824d0d3715d86;remote=47755a9de7794ba387653f2099600ef2|SessionId[local=ab30317f1a784dc48ff824d0d3715d86, remote=Optional[47755a9de7794ba387653f2099600ef2]]",
                "Session-ID|ab30317f1a784dc48ff824d0d3715d86|SessionId[local=ab30317f1a784dc48ff824d0d3715d86, remote=Optional.empty]",
                "Session-ID|ab30317f|session-id-form",
                "Session-ID|ab30317f1a784dc48ff824d0d3715d86;remote=x|session-id-form",
                "Date|Fri, 01 Jan 2010 16:00:00 EST|date-zone-not-gmt",
                "Date|Fri, 01 Jan 2010 16:00:00 gmt|date-zone-not-gmt",
                "Date|Fri, 31 Feb 2010 16:00:00 GMT|date-form",
                "Date|Fri, 1 Jan 2010 16:00:00 GMT|date-form",
                "Date|Fri 01 Jan 2010 16:00:00 GMT|date-form",
                "Date|Fri, 01 Jan 2010 24:00:00 GMT|date-form",
                "Date|2010-01-01T16:00:00Z|date-form",
                "Content-Type|application|content-type-form",
                "c|application/|content-type-form",
            })
    void readsAValueOrSaysWhatIsWrong(String name, String value, String expected) {
        assertThat(said(name, value)).isEqualTo(expected);
    }

    @Test
    void emptySupportedAndAllowAreNothing() {
        var message = Texts.response(200, "Supported:", "Allow: ");

        assertThat(message.first(OptionTag.SUPPORTED).isAbsent()).isTrue();
        assertThat(message.first(Allow.KIND).isAbsent()).isTrue();
        assertThat(message.values(Allow.KIND)).isEmpty();
    }

    @Test
    void optionTagsAreReadAcrossLines() {
        var message = Texts.response(200, "k: 100rel,timer", "Supported: Replaces");

        assertThat(message.values(OptionTag.SUPPORTED))
                .map(OptionTag::name)
                .containsExactly("100rel", "timer", "Replaces");
        assertThat(message.values(OptionTag.SUPPORTED)).anyMatch(tag -> tag.is("replaces"));
    }

    @Test
    void dateIsAnInstant() {
        assertThat(Date.read(Slice.of("Sat, 13 Nov 2010 23:29:00 GMT")).optional())
                .contains(new Date(Instant.parse("2010-11-13T23:29:00Z")));
        assertThat(Date.read(Slice.of("Sat, 31 Dec 2016 23:59:60 GMT")).optional())
                .contains(new Date(Instant.parse("2016-12-31T23:59:59Z")));
    }

    @Test
    void contentTypeIsComparedWithoutCaseAndParameters() {
        var type = ContentType.read(Slice.of("Message / SipFrag ; version=2.0")).optional();

        assertThat(type.orElseThrow().is("message/sipfrag")).isTrue();
        assertThat(type.orElseThrow().params().text("version")).contains("2.0");
    }

    @Test
    void sessionIdKnowsWhenTheOtherHalfIsUnknown() {
        var id = SessionId.read(Slice.of("1".repeat(32) + ";remote=" + "0".repeat(32)));

        assertThat(id.optional().map(SessionId::isRemoteNil)).contains(true);
    }

    @Test
    void productIsTheFirstWord() {
        assertThat(new UserAgent("Softphone/1.5 (x)").product()).isEqualTo("Softphone/1.5");
        assertThat(new Server("Home").product()).isEqualTo("Home");
    }

    @Test
    void reasonKnowsItsProtocol() {
        assertThat(new Reason("q.850", Optional.empty(), Optional.empty()).isQ850()).isTrue();
        assertThat(new Reason("sip", Optional.empty(), Optional.empty()).isSip()).isTrue();
    }

    private static String said(String name, String value) {
        var header = HeaderName.of(Slice.of(name).bytes(), 0, name.length());
        var kind = Headers.ALL.stream().filter(one -> one.name() == header).findFirst();
        return switch (kind.orElseThrow().read().apply(Slice.of(value.replace("<CRLF>", "\r\n")))) {
            case Field.Present<?>(var read) -> read.toString();
            case Field.Absent<?> _ -> "absent";
            case Field.Broken<?>(var flaw) -> flaw.code();
        };
    }
}
