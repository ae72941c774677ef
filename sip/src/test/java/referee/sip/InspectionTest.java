// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InspectionTest {
    private static final List<String> SOUND =
            List.of(
                    "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1",
                    "Max-Forwards: 70",
                    "From: <sip:a@example.com>;tag=1",
                    "To: <sip:b@example.com>",
                    "Call-ID: c@192.0.2.1",
                    "Contact: <sip:a@192.0.2.1>",
                    "Content-Length: 0");

    @Test
    void findsNothingWrongWithSoundMessages() {
        assertThat(flaws("INVITE sip:b@example.com SIP/2.0", "CSeq: 1 INVITE")).isEmpty();
        assertThat(flaws("ACK sip:b@example.com SIP/2.0", "CSeq: 1 ACK")).isEmpty();
        assertThat(flaws("OPTIONS tel:+12015550123 SIP/2.0", "CSeq: 1 OPTIONS")).isEmpty();
        assertThat(flaws("INVITE urn:service:sos SIP/2.0", "CSeq: 1 INVITE")).isEmpty();
        assertThat(flaws("SIP/2.0 100 Trying", "CSeq: 1 INVITE")).isEmpty();
    }

    /// A start line and one header besides the sound ones, and the one flaw that follows.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "BYE sip:b@example.com SIP/2.0|CSeq: 1 INVITE|cseq-method-mismatch",
                "BYE sip:b@example.com SIP/3.0|CSeq: 1 BYE|sip-version-unknown",
                "BYE sip:b@example.com;method=BYE SIP/2.0|CSeq: 1 BYE|request-uri-holds-method",
                "BYE sip:*21#@example.com SIP/2.0|CSeq: 1 BYE|uri-user-form",
                "REGISTER sip:b@example.com SIP/2.0|CSeq: 1 REGISTER|register-uri-holds-user",
                "REFER sip:b@example.com SIP/2.0|CSeq: 1 REFER|refer-to-missing",
                "PRACK sip:b@example.com SIP/2.0|CSeq: 1 PRACK|rack-missing",
                "SUBSCRIBE sip:b@example.com SIP/2.0|CSeq: 1 SUBSCRIBE|event-missing",
                "SIP/2.0 180 Ringing|CSeq: 1 INVITE|to-tag-missing",
                "SIP/2.0 99 Low|CSeq: 1 OPTIONS|status-code-out-of-range to-tag-missing",
            })
    void knowsWhatAStartLineAsksFor(String start, String header, String codes) {
        assertThat(flaws(start, header)).containsExactlyInAnyOrder(codes.split(" "));
    }

    /// One more header in a sound OPTIONS.
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "Supported: a,,b|list-element-empty",
                "Require: a b|require-form",
                "Event: presence, dialog|event-form",
                "Expires: -1|expires-negative",
                "Content-Length: 0|content-length-repeated",
                "Max-Forwards: 70|max-forwards-repeated",
                "i: c@192.0.2.1|call-id-repeated",
                "Via: SIP/2.0/UDP 192.0.2.2;branch=1;branch=2|param-repeated",
                "Via: SIP/2.0/UDP 192.0.2.2;received=|param-value-empty",
                "Via: SIP/3.0/UDP 192.0.2.2;branch=1|via-version-unknown",
                "Via: SIP/2.0/UDP 192.0.2.2;branch=Z9HG4BK|via-branch-without-identifier",
                "Contact: <sip:a@192.0.2.1;lr;LR>|uri-param-repeated",
                "Contact: <sip:a@192.0.2.1>;tag=1;Tag=1|param-repeated",
                "Contact: <sip:a@192.0.2.1>;expires=abc|contact-expires-form",
                "Contact: <sip:a@192.0.2.1>;q=2|contact-q-form",
                "Contact: sip:a,b@192.0.2.1|uri-without-scheme",
                "Route: sip:p.example.com|angle-brackets-missing",
                "Record-Route: sip:p.example.com|angle-brackets-missing",
                "Refer-To: sip:d@example.com?Replaces=1|angle-brackets-missing",
                "Referred-By: \"R|quoted-string-not-closed",
                "P-Asserted-Identity: a@example.com|uri-without-scheme",
                "Authorization: Digest username=\"x|quoted-string-not-closed",
                "Authorization: |auth-scheme-missing",
                "Proxy-Authenticate: realm=\"x\"|auth-scheme-missing",
                "no colon|header-without-colon",
            })
    void knowsWhatEachHeaderMayHold(String header, String codes) {
        var sound = Stream.of("OPTIONS sip:b@example.com SIP/2.0", "CSeq: 1 OPTIONS", header);

        assertThat(flaws(sound.toArray(String[]::new)))
                .hasSameElementsAs(Arrays.asList(codes.split(" ")));
    }

    @Test
    void starNeedsToBeAloneAndWithAnExpiresOfZero() {
        var register = "REGISTER sip:example.com SIP/2.0";
        var sound = SOUND.stream().filter(line -> !line.startsWith("Contact")).toList();

        assertThat(flaws(sound, register, "CSeq: 1 REGISTER", "Contact: *", "Expires: 0"))
                .isEmpty();
        assertThat(flaws(sound, register, "CSeq: 1 REGISTER", "Contact: *"))
                .containsExactly("contact-star");
        assertThat(flaws(SOUND, register, "CSeq: 1 REGISTER", "Contact: *", "Expires: 0"))
                .containsExactly("contact-star");
    }

    @Test
    void notifyNeedsEventAndState() {
        assertThat(flaws("NOTIFY sip:b@example.com SIP/2.0", "CSeq: 1 NOTIFY"))
                .containsExactlyInAnyOrder("event-missing", "subscription-state-missing");
    }

    @Test
    void aBodyNeedsAType() {
        var message = Texts.message("SIP/2.0 200 OK", new String[] {"CSeq: 1 OPTIONS"}, "v=0\r\n");

        assertThat(Inspection.of(message)).extracting(Flaw::code).contains("content-type-missing");
    }

    @Test
    void aDescriptionIsReadToo() {
        var headers = new String[] {"CSeq: 1 OPTIONS", "Content-Type: application/sdp"};
        var message = Texts.message("SIP/2.0 200 OK", headers, "v=0\r\nm=audio\r\n");

        assertThat(Inspection.of(message)).extracting(Flaw::code).contains("sdp-media-form");
    }

    @Test
    void flawsStandInTheOrderOfTheMessageAndNoneTwice() {
        var found =
                Inspection.of(
                        Texts.request(
                                "OPTIONS", "Expires: x", "l: -1", "CSeq: x", "Max-Forwards: x"));

        assertThat(found).extracting(flaw -> flaw.where().from()).isSorted();
        assertThat(found).extracting(Flaw::toString).doesNotHaveDuplicates();
        assertThat(found)
                .extracting(Flaw::code)
                .containsSubsequence(
                        "via-missing",
                        "expires-form",
                        "content-length-negative",
                        "cseq-form",
                        "max-forwards-form");
    }

    @Test
    void aMessageFullOfFlawsGivesNoMoreThanItsLimit() {
        var message = Texts.request("OPTIONS", "Route: " + ",".repeat(50_000));

        assertThat(Inspection.of(message)).hasSize(200);
    }

    @Test
    void secretsAreInNoFlawsText() {
        var message =
                Texts.request(
                        "OPTIONS",
                        "Authorization: Digest username=\"u\", response=\"s3cret",
                        "From: <sip:a:s3cret@example.com>>");

        assertThat(Inspection.of(message)).isNotEmpty();
        assertThat(Inspection.of(message).toString()).doesNotContain("s3cret");
    }

    private static List<String> flaws(String... lines) {
        return flaws(SOUND, lines);
    }

    private static List<String> flaws(List<String> sound, String... lines) {
        var headers =
                Stream.concat(sound.stream(), Arrays.stream(lines).skip(1)).toArray(String[]::new);
        return Inspection.of(Texts.message(lines[0], headers, "")).stream()
                .map(Flaw::code)
                .toList();
    }
}
