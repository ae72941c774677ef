// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TraceErrorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '!',
            quoteCharacter = '"',
            textBlock =
                    """
                    hello                                     ! 1 ! expected a time, 'actor' or 'start', and found 'hello'
                    actor alice                               ! 1 ! expected: actor NAME ADDRESS[:PORT] [TRANSPORT] [writes=ADDRESS[:PORT]]
                    actor 5a 192.0.2.1                        ! 1 ! expected: actor NAME ADDRESS[:PORT] [TRANSPORT] [writes=ADDRESS[:PORT]]
                    actor a 192.0.2.300                       ! 1 ! expected a name or an address such as 192.0.2.10:5060, and found '192.0.2.300'
                    actor a [2001:db8::1                      ! 1 ! expected a name or an address such as 192.0.2.10:5060, and found '[2001:db8::1'
                    actor a 192.0.2.1:70000                   ! 1 ! port out of range in '192.0.2.1:70000'
                    actor a 192.0.2.1 smoke                   ! 1 ! expected udp, tcp, tls, ws, wss or sctp, and found 'smoke'
                    actor a 192.0.2.1~actor a 192.0.2.2       ! 2 ! actor 'a' is there already
                    start yesterday                           ! 1 ! expected: start DATE-TIME, such as 2026-01-08T20:28:01Z
                    start +1000000000-12-31T00:00:00Z         ! 1 ! expected a year from 0000 to 9999
                    0 a to b INVITE                           ! 1 ! expected: TIME FROM -> TO MESSAGE, TIME gap KIND says TEXT, or TIME end
                    0 a -> b 099 INVITE                       ! 1 ! expected a status code from 100 to 999, and found '099'
                    0 a -> b 200                              ! 1 ! expected the method after 200
                    0 a -> b again                            ! 1 ! expected a method, or a code and a method, and found 'again'
                    0 a -> b 1.5 INVITE                       ! 1 ! unknown option 'INVITE'
                    0 a -> b INVITE fast                      ! 1 ! unknown option 'fast'
                    0 a -> b 486 INVITE to-tga=x              ! 1 ! unknown option 'to-tga=x'
                    0 a -> b INVITE cseq=1 cseq=2             ! 1 ! option 'cseq' is given twice
                    0 a -> b INVITE cseq=x                    ! 1 ! cseq= takes a number, and found 'x'
                    0 a -> b INVITE over=air                  ! 1 ! over= takes udp, tcp, tls, ws, wss or sctp, and found 'air'
                    0 a -> b INVITE sdp=loud                  ! 1 ! sdp= takes none, sendrecv, sendonly, recvonly or inactive, and found 'loud'
                    0 a -> b NOTIFY sipfrag=ok                ! 1 ! sipfrag= takes a status code, and found 'ok'
                    0 a -> b INVITE again                     ! 1 ! nothing to send again: no such INVITE from a to b before in call '1'
                    0 a -> b INVITE~1 a -> b INVITE again uri=sip:x ! 2 ! nothing to send again: no such INVITE from a to b before in call '1'
                    0 a -> b INVITE~1 a -> b INVITE again~    Subject: x ! 3 ! 'again' sends the same bytes: it takes no indented lines
                    0 a -> b INVITE relayed                   ! 1 ! nothing to relay: a got no INVITE before in call '1'
                    0 a -> b CANCEL                           ! 1 ! nothing to cancel: no INVITE from a to b before
                    0 a -> b INVITE auth                      ! 1 ! nothing to answer: a was not challenged in call '1'
                    0 a -> b INVITE replaces=2                ! 1 ! nothing to replace: b has no dialog in call '2'
                    0 a -> b INVITE~    Authorization: auto   ! 1 ! nothing to answer: a was not challenged before, and no nonce= is given
                    0 a -> b INVITE~  # x~    Subject x       ! 3 ! expected 'Header: value', '+Header: value', '-Header' or '| body', and found 'Subject x'
                    0 a -> b INVITE~    -Via: x               ! 2 ! expected '-Header' without a value
                    1 end~    Subject: x                      ! 2 ! expected no indented line here: they belong to messages
                    0 a -> b INVITE verbatim~    INVITE       ! 2 ! expected '|' before each line of a verbatim message
                    0 a -> b INVITE verbatim~    | a~    | \\q ! 3 ! unknown escape '\\q'
                    0 a -> b INVITE verbatim~    | \\x4       ! 2 ! expected two hex digits after '\\x'
                    0 icmp moon a -> b by c                   ! 1 ! expected: TIME icmp REASON FROM -> TO by WHO [frame=N]
                    0 icmp port a -> b                        ! 1 ! expected: TIME icmp REASON FROM -> TO by WHO [frame=N]
                    0 icmp port a -> b by c frame=x           ! 1 ! expected: TIME icmp REASON FROM -> TO by WHO [frame=N]
                    0 gap moon says x                         ! 1 ! expected: TIME gap KIND [FROM -> TO] says TEXT
                    0.1234567890 a -> b INVITE                ! 1 ! expected seconds with at most nine decimals, and found '0.1234567890'
                    0 a -> b INVITE~    Authorization: auto nonce=n colour=red ! 1 ! unknown word 'colour' behind auto
                    """)
    void namesTheLineAndWhatWasExpected(String trace, int line, String expected) {
        assertThatThrownBy(() ->
                        TraceReader.read(trace.replace('~', '\n') + "\n", "x.trace", new Seen()))
                .isInstanceOf(UnreadableEvidence.class)
                .hasMessage(
                        "x.trace line " + line + " — " + expected + " — see docs/trace-format.md");
    }

    @Test
    void quotesALineShortAndWithoutControlCharacters() {
        assertThatThrownBy(() ->
                        TraceReader.read("\u001b[31m" + "x".repeat(1000), "x.trace", new Seen()))
                .message()
                .hasSizeLessThan(400)
                .doesNotContain("\u001b");
    }

    @Test
    void hasHandedOnWhatStandsBeforeTheError() {
        var seen = new Seen();

        assertThatThrownBy(() -> TraceReader.read("0 a -> b INVITE\nhm\n", "x", seen))
                .isInstanceOf(UnreadableEvidence.class);
        assertThat(seen.sightings).hasSize(1);
    }

    @Test
    void stopsAMessageThatGrowsWithoutEnd() {
        var trace = new StringBuilder("0 a -> b INVITE\n");
        for (var i = 0; i < 4000; i++)
            trace.append("0 b -> a INVITE relayed=b\n0 a -> b INVITE relayed=a\n");

        assertThatThrownBy(() -> TraceReader.read(trace.toString(), "x", new Seen()))
                .hasMessageContaining("octets");
    }

    @Test
    void stopsACallOfTooManyMessages() {
        var trace = "0 a -> b OPTIONS\n".repeat(10_001);

        assertThatThrownBy(() -> TraceReader.read(trace, "x", new Seen()))
                .hasMessageContaining("line 10001 — more than 10000 messages in call '1'");
    }
}
