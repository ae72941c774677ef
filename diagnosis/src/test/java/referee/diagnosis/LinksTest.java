// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/// Each test is a trace, and what links its calls.
class LinksTest {
    /// A line a link, such as `proven Replaces one two`.
    private static String links(String trace) throws IOException {
        return links(Setting.DEFAULT, trace);
    }

    private static String links(Setting setting, String trace) throws IOException {
        var verdicts = new ArrayList<Verdict>();
        var diagnosis = new Diagnosis(setting, 3, new Judge(List.of(), verdicts::add));
        var seen = Traced.sightings(trace);
        seen.forEach(diagnosis::saw);
        diagnosis.finish(seen.getLast().at());
        return verdicts.stream()
                .flatMap(verdict -> verdict.links().stream())
                .distinct()
                .map(LinksTest::line)
                .collect(Collectors.joining("\n"));
    }

    private static String line(Link link) {
        return String.join(
                " ",
                link.certainty().word(),
                link.reason().words(),
                name(link.earlier()),
                name(link.later()));
    }

    private static String name(String callId) {
        var at = callId.indexOf('@');
        return at < 0 ? callId : callId.substring(0, at);
    }

    @Test
    void replacesNamesTheCallItTakesThePlaceOf() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> b INVITE call=one
                                5 c -> b INVITE call=two
                                    Replaces: one@192.0.2.1;to-tag=x;from-tag=y
                                """))
                .isEqualTo("proven Replaces one two");
    }

    @Test
    void referToWithReplacesNamesTheConsultationCall() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> b INVITE call=one
                                1 a -> c INVITE call=two
                                5 a -> b REFER call=one
                                    Refer-To: <sip:c@192.0.2.3?Replaces=two%40192.0.2.1%3Bto-tag%3Dx%3Bfrom-tag%3Dy>
                                """))
                .isEqualTo("proven Replaces in Refer-To one two");
    }

    @Test
    void referredByAndTheTargetNameTheTransfer() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> b INVITE call=one
                                5 a -> b REFER call=one
                                    Refer-To: <sip:c@192.0.2.3>
                                90 b -> c INVITE call=two
                                    Referred-By: <sip:a@192.0.2.1>
                                """))
                .isEqualTo("proven Referred-By one two");
    }

    @Test
    void aCallToTheTargetByWhoWasReferredSoonAfterIsLikelyTheReferredCall() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> b INVITE call=one
                                5 a -> b REFER call=one
                                    Refer-To: <sip:c@192.0.2.3>
                                6 b -> c INVITE call=two
                                """))
                .isEqualTo("likely the target of Refer-To one two");
    }

    @Test
    void aCallToTheTargetBySomebodyElseIsNoReferredCall() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> b INVITE call=one
                                5 a -> b REFER call=one
                                    Refer-To: <sip:c@192.0.2.3>
                                6 d -> c INVITE call=two
                                """))
                .isEmpty();
    }

    @Test
    void twoTransfersToOneTargetAreNotMixedUp() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> pbx INVITE call=one
                                0 b -> pbx INVITE call=two
                                5.0 a -> pbx REFER call=one
                                    Refer-To: <sip:9000@192.0.2.9>
                                5.1 b -> pbx REFER call=two
                                    Refer-To: <sip:9000@192.0.2.9>
                                5.2 pbx -> vm INVITE call=three uri=sip:9000@192.0.2.9
                                """))
                .isEmpty();
    }

    @Test
    void targetDialogNamesADialog() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> b INVITE call=one
                                5 c -> b REFER call=two
                                    Refer-To: <sip:d@192.0.2.4>
                                    Target-Dialog: one@192.0.2.1;local-tag=x;remote-tag=y
                                """))
                .isEqualTo("proven Target-Dialog one two");
    }

    @Test
    void bothHalvesOfASessionIdLinkLegs() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> sbc INVITE call=one
                                    Session-ID: ab30317f1a784dc48ff824d0d3715d86;remote=00000000000000000000000000000000
                                9 sbc -> b INVITE call=two
                                    Session-ID: 47755a9de7794ba387653f2099600ef2;remote=AB30317F1A784DC48FF824D0D3715D86
                                """))
                .isEqualTo("proven Session-ID one two");
    }

    @Test
    void theOlderSessionIdLinksLegs() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> sbc INVITE call=one
                                    Session-ID: f81d4fae7dec11d0a76500a0c91e6bf6
                                9 sbc -> b INVITE call=two
                                    Session-ID: f81d4fae7dec11d0a76500a0c91e6bf6
                                """))
                .isEqualTo("proven Session-ID one two");
    }

    @Test
    void aSessionIdOfZerosLinksNothing() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> b INVITE call=one
                                    Session-ID: 00000000000000000000000000000000
                                9 c -> d INVITE call=two
                                    Session-ID: 00000000000000000000000000000000
                                """))
                .isEmpty();
    }

    @Test
    void aHeaderThatCarriesTheOtherCallIdLinksLegs() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> sbc INVITE call=one
                                9 sbc -> b INVITE call=two
                                    X-CID: one@192.0.2.1
                                """))
                .isEqualTo("proven a header of the product one two");
    }

    @Test
    void aHeaderMayNameACallThatIsSeenLater() throws IOException {
        assertThat(
                        links(
                                """
                                0 sbc -> b INVITE call=two
                                    X-CID: one@192.0.2.2
                                9 a -> c INVITE call=one
                                    Call-ID: one@192.0.2.2
                                """))
                .isEqualTo("proven a header of the product one two");
    }

    @Test
    void aHeaderThatTheUserNamesLinksLegs() throws IOException {
        var trace =
                """
                0 a -> sbc INVITE call=one
                    X-Our-Call: 4711-0815
                9 sbc -> b INVITE call=two
                    X-Our-Call: 4711-0815
                """;

        assertThat(links(trace)).isEmpty();
        assertThat(links(Setting.DEFAULT.withLinkHeaders(List.of("x-our-call")), trace))
                .isEqualTo("likely a header of the product one two");
    }

    @Test
    void theChargingVectorLinksLegs() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> sbc INVITE call=one
                                    P-Charging-Vector: icid-value="AyretyU0dm+6O2IrT5tAFrbHLso=023551024"; orig-ioi=home1.net
                                9 sbc -> b INVITE call=two
                                    P-Charging-Vector: icid-value="AyretyU0dm+6O2IrT5tAFrbHLso=023551024";icid-generated-at=192.0.2.8
                                """))
                .isEqualTo("proven P-Charging-Vector one two");
    }

    @Test
    void theSameNumbersIntoAHostAndOutOfItAreLikelyTwoLegs() throws IOException {
        assertThat(
                        links(
                                """
                                0.0 a -> sbc INVITE call=one uri=sip:+4930123456@192.0.2.2
                                    From: <sip:+4940654321@192.0.2.1>;tag=a
                                    To: <sip:+4930123456@192.0.2.2>
                                0.3 sbc -> b INVITE call=two uri=sip:030123456@192.0.2.3
                                    From: <sip:040654321@192.0.2.2>;tag=s
                                    To: <sip:030123456@192.0.2.3>
                                """))
                .isEqualTo("likely same numbers and time one two");
    }

    @Test
    void twoCallersOfOneHotlineAreTwoCases() throws IOException {
        assertThat(
                        links(
                                """
                                0.0 a -> sbc INVITE call=one
                                    To: <sip:hotline@192.0.2.2>
                                0.1 b -> sbc INVITE call=two
                                    To: <sip:hotline@192.0.2.2>
                                0.2 sbc -> q INVITE call=one-out
                                    From: <sip:a@192.0.2.2>;tag=s1
                                    To: <sip:hotline@192.0.2.4>
                                0.3 sbc -> q INVITE call=two-out
                                    From: <sip:b@192.0.2.2>;tag=s2
                                    To: <sip:hotline@192.0.2.4>
                                """))
                .isEqualTo(
                        """
                        likely same numbers and time one one-out
                        likely same numbers and time two two-out\
                        """);
    }

    @Test
    void callsThatLookAlikeInEveryRespectAreNotGuessedAt() throws IOException {
        assertThat(
                        links(
                                """
                                0.0 a -> sbc INVITE call=one
                                    From: <sip:main@192.0.2.1>;tag=1
                                    To: <sip:hotline@192.0.2.2>
                                0.1 a -> sbc INVITE call=two
                                    From: <sip:main@192.0.2.1>;tag=2
                                    To: <sip:hotline@192.0.2.2>
                                0.2 sbc -> q INVITE call=three
                                    From: <sip:main@192.0.2.1>;tag=3
                                    To: <sip:hotline@192.0.2.2>
                                """))
                .isEmpty();
    }

    @Test
    void theSameMediaTellApartCallsThatLookAlike() throws IOException {
        assertThat(
                        links(
                                """
                                0.0 a -> sbc INVITE call=one
                                    From: <sip:main@192.0.2.1>;tag=1
                                    To: <sip:hotline@192.0.2.2>
                                    Content-Type: application/sdp
                                    | v=0
                                    | o=- 1 1 IN IP4 192.0.2.1
                                    | c=IN IP4 192.0.2.1
                                    | m=audio 4000 RTP/AVP 0
                                0.1 a -> sbc INVITE call=two
                                    From: <sip:main@192.0.2.1>;tag=2
                                    To: <sip:hotline@192.0.2.2>
                                    Content-Type: application/sdp
                                    | v=0
                                    | o=- 2 2 IN IP4 192.0.2.1
                                    | c=IN IP4 192.0.2.1
                                    | m=audio 4002 RTP/AVP 0
                                0.2 sbc -> q INVITE call=three
                                    From: <sip:main@192.0.2.1>;tag=3
                                    To: <sip:hotline@192.0.2.2>
                                    Content-Type: application/sdp
                                    | v=0
                                    | o=- 2 2 IN IP4 192.0.2.1
                                    | c=IN IP4 192.0.2.1
                                    | m=audio 4002 RTP/AVP 0
                                """))
                .isEqualTo("likely same numbers and time two three");
    }

    @Test
    void theSameMediaLinkLegsWhoseNumbersChange() throws IOException {
        assertThat(
                        links(
                                """
                                0.0 a -> sbc INVITE call=one
                                    Content-Type: application/sdp
                                    | v=0
                                    | o=- 2 2 IN IP4 192.0.2.1
                                    | m=audio 4002 RTP/AVP 0
                                0.2 sbc -> q INVITE call=two
                                    Content-Type: application/sdp
                                    | v=0
                                    | o=- 2 2 IN IP4 192.0.2.1
                                    | m=audio 4002 RTP/AVP 0
                                """))
                .isEqualTo("likely same media and time one two");
    }

    @Test
    void aPbxThatCallsAnotherNumberForTheSameCallerMakesALeg() throws IOException {
        assertThat(
                        links(
                                """
                                0.000 a -> pbx INVITE call=one
                                    To: <sip:2302@192.0.2.2>
                                0.003 pbx -> b INVITE call=two uri=sip:phone2@192.0.2.3
                                    From: <sip:a@192.0.2.2>;tag=s
                                    To: <sip:phone2@192.0.2.3>
                                """))
                .isEqualTo("likely same caller and time one two");
    }

    @Test
    void ofTwoCallsOfOneCallerNeitherIsGuessedAt() throws IOException {
        assertThat(
                        links(
                                """
                                0.000 a -> pbx INVITE call=one uri=sip:2302@192.0.2.2
                                    To: <sip:2302@192.0.2.2>
                                0.001 a -> pbx INVITE call=two uri=sip:2303@192.0.2.2
                                    To: <sip:2303@192.0.2.2>
                                0.003 pbx -> b INVITE call=three uri=sip:phone2@192.0.2.3
                                    From: <sip:a@192.0.2.2>;tag=s
                                    To: <sip:phone2@192.0.2.3>
                                """))
                .isEmpty();
    }

    @Test
    void theSameNumbersMuchLaterAreAnotherCall() throws IOException {
        assertThat(
                        links(
                                """
                                0 a -> sbc INVITE call=one
                                    To: <sip:hotline@192.0.2.2>
                                20 sbc -> q INVITE call=two
                                    From: <sip:a@192.0.2.1>;tag=3
                                    To: <sip:hotline@192.0.2.2>
                                """))
                .isEmpty();
    }

    @Test
    void aProxysHopsAreOneMessageAndNoLink() throws IOException {
        var trace =
                """
                actor a 192.0.2.10
                actor p 192.0.2.1
                actor b 192.0.2.20
                0.00 a -> p INVITE
                0.01 p -> b INVITE relayed record-route
                """;

        assertThat(links(trace)).isEmpty();
        assertThat(Traced.story(trace).transactions()).hasSize(1);
    }

    @Test
    void aNameThatIsTheSameOnManyCallsIsNoSession() throws IOException {
        var trace = new StringBuilder();
        for (var i = 0; i < 100; i++) {
            trace.append(i * 10).append(" a -> b INVITE call=c").append(i).append('\n');
            trace.append("    Session-ID: f81d4fae7dec11d0a76500a0c91e6bf6\n");
        }

        assertThat(links(trace.toString()).lines().count()).isLessThan(20);
    }
}
