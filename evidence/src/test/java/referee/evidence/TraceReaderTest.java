// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Traced.branch;
import static referee.evidence.Traced.header;
import static referee.evidence.Traced.messages;
import static referee.evidence.Traced.sightings;
import static referee.evidence.Traced.tag;
import static referee.evidence.Traced.uri;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import referee.sip.Transport;

class TraceReaderTest {
    @Test
    void completesARefusedCall() {
        var call =
                """
                actor alice 192.0.2.10:5060
                actor bob   192.0.2.20:5070
                0.000 alice -> bob INVITE
                0.010 bob -> alice 100 INVITE
                1.200 bob -> alice 486 INVITE
                1.201 alice -> bob ACK
                """;
        var seen = sightings(call);
        var all = messages(call);

        Traced.assertWhole(seen);
        assertThat(seen.get(0).from()).hasToString("192.0.2.10:5060");
        assertThat(seen.get(0).to()).hasToString("192.0.2.20:5070");
        assertThat(seen.get(2).at()).isEqualTo(Instant.parse("2026-01-01T00:00:01.2Z"));
        assertThat(all.get(0).start().line().text()).isEqualTo("INVITE sip:bob@192.0.2.20 SIP/2.0");
        assertThat(header(all.get(0), "Content-Type")).isEqualTo("application/sdp");
        assertThat(tag(all.get(1), "To")).isEmpty();
        assertThat(all.get(2).start().line().text()).isEqualTo("SIP/2.0 486 Busy Here");
        assertThat(branch(all.get(3))).isEqualTo(branch(all.get(0)));
        assertThat(header(all.get(3), "To")).isEqualTo(header(all.get(2), "To"));
        assertThat(header(all.get(3), "CSeq")).isEqualTo("1 ACK");
    }

    @Test
    void keepsADialogInBothDirections() {
        var all =
                messages(
                        """
                        actor alice 192.0.2.10
                        actor bob 192.0.2.20:5070 tcp
                        0 alice -> bob INVITE
                        1 bob -> alice 180 INVITE
                        2 bob -> alice 200 INVITE
                        2 alice -> bob ACK
                        3 bob -> alice INFO
                        3 alice -> bob 200 INFO
                        4 alice -> bob BYE
                        """);
        var ack = all.get(3);
        var info = all.get(4);
        var bye = all.get(6);

        assertThat(uri(ack)).isEqualTo("sip:bob@192.0.2.20:5070;transport=tcp");
        assertThat(branch(ack)).isNotEqualTo(branch(all.get(0)));
        assertThat(header(ack, "To")).isEqualTo(header(all.get(2), "To"));
        assertThat(header(ack, "CSeq")).isEqualTo("1 ACK");
        assertThat(uri(info)).isEqualTo("sip:alice@192.0.2.10:5060");
        assertThat(header(info, "From")).isEqualTo(header(all.get(2), "To"));
        assertThat(header(info, "To")).isEqualTo(header(all.get(2), "From"));
        assertThat(header(info, "CSeq")).isEqualTo("1 INFO");
        assertThat(header(bye, "CSeq")).isEqualTo("2 BYE");
        assertThat(tag(bye, "To")).isEqualTo("bob-1");
    }

    @Test
    void lendsTheCancelTheBranchOfTheInvite() {
        var trace =
                """
                0 alice -> bob INVITE
                1 bob -> alice 180 INVITE
                2 alice -> bob CANCEL
                2 bob -> alice 200 CANCEL
                2 bob -> alice 487 INVITE
                2 alice -> bob ACK
                """;
        var all = messages(trace);

        Traced.assertWhole(sightings(trace));
        assertThat(branch(all.get(2))).isEqualTo(branch(all.get(0)));
        assertThat(header(all.get(2), "CSeq")).isEqualTo("1 CANCEL");
        assertThat(tag(all.get(2), "To")).isEmpty();
        assertThat(branch(all.get(5))).isEqualTo(branch(all.get(0)));
        assertThat(tag(all.get(5), "To")).isEqualTo("bob-1");
    }

    @Test
    void passesMessagesOnThroughTwoProxiesAndRoutesWhatFollows() {
        var trace =
                """
                actor alice 192.0.2.10
                actor p1 192.0.2.1
                actor p2 192.0.2.2
                actor bob 192.0.2.20
                0 alice -> p1 INVITE for=bob
                0 p1 -> alice 100 INVITE
                0 p1 -> p2 INVITE relayed record-route
                0 p2 -> bob INVITE relayed record-route uri=sip:bob@192.0.2.20:5060
                1 bob -> p2 200 INVITE
                1 p2 -> p1 200 INVITE relayed
                1 p1 -> alice 200 INVITE relayed
                1 alice -> p1 ACK
                1 p1 -> p2 ACK relayed
                1 p2 -> bob ACK relayed
                5 bob -> p2 BYE
                5 p2 -> p1 BYE relayed
                5 p1 -> alice BYE relayed
                5 alice -> p1 200 BYE
                5 p1 -> p2 200 BYE relayed
                5 p2 -> bob 200 BYE relayed
                """;
        var all = messages(trace);

        Traced.assertWhole(sightings(trace));
        assertThat(header(all.get(0), "To")).isEqualTo("<sip:bob@192.0.2.20>");
        assertThat(uri(all.get(3))).isEqualTo("sip:bob@192.0.2.20:5060");
        assertThat(values(all.get(3), "Via")).isEqualTo(3);
        assertThat(header(all.get(3), "Max-Forwards")).isEqualTo("68");
        assertThat(values(all.get(6), "Via")).isEqualTo(1);
        assertThat(values(all.get(7), "Route")).isEqualTo(2);
        assertThat(header(all.get(7), "Route")).isEqualTo("<sip:192.0.2.1:5060;lr>");
        assertThat(values(all.get(8), "Route")).isEqualTo(1);
        assertThat(values(all.get(9), "Route")).isZero();
        assertThat(header(all.get(10), "Route")).isEqualTo("<sip:192.0.2.2:5060;lr>");
        assertThat(uri(all.get(10))).isEqualTo("sip:alice@192.0.2.10:5060");
    }

    @Test
    void acksARefusalHopByHop() {
        var trace =
                """
                0 alice -> proxy INVITE
                0 proxy -> bob INVITE relayed
                1 bob -> proxy 486 INVITE
                1 proxy -> bob ACK
                1 proxy -> alice 486 INVITE relayed
                1 alice -> proxy ACK
                """;
        var all = messages(trace);

        Traced.assertWhole(sightings(trace));
        assertThat(branch(all.get(3))).isEqualTo(branch(all.get(1)));
        assertThat(values(all.get(3), "Via")).isEqualTo(1);
        assertThat(branch(all.get(5))).isEqualTo(branch(all.get(0)));
    }

    @Test
    void sendsTheSameBytesAgain() {
        var all =
                messages(
                        """
                        0.0 alice -> bob INVITE
                        0.5 alice -> bob INVITE again
                        """);

        assertThat(all.get(1).bytes().text()).isEqualTo(all.get(0).bytes().text());
    }

    @Test
    void choosesWhatItSendsAgainByItsOptions() {
        var all =
                messages(
                        """
                        0.0 alice -> bob NOTIFY sipfrag=100
                        0.1 alice -> bob NOTIFY sipfrag=200
                        0.5 alice -> bob NOTIFY sipfrag=100 again
                        0.6 alice -> bob NOTIFY again
                        """);

        assertThat(all.get(2).body().text()).contains("100 Trying");
        assertThat(all.get(3).body().text()).contains("200 OK");
    }

    @Test
    void tellsTheOutcomeOfATransferWithinTheDialog() {
        var trace =
                """
                actor alice 192.0.2.10
                actor bob 192.0.2.20
                actor carol 192.0.2.30:5080
                0 alice -> bob INVITE
                1 bob -> alice 200 INVITE
                1 alice -> bob ACK
                2 bob -> alice REFER refer-to=carol
                2 alice -> bob 202 REFER
                2 alice -> bob NOTIFY sipfrag=100
                2 bob -> alice 200 NOTIFY
                3 alice -> bob NOTIFY sipfrag=200
                4 bob -> alice REFER
                4 alice -> bob 202 REFER
                4 alice -> bob NOTIFY
                """;
        var all = messages(trace);

        Traced.assertWhole(sightings(trace));
        assertThat(header(all.get(3), "Refer-To")).isEqualTo("<sip:carol@192.0.2.30:5080>");
        assertThat(header(all.get(5), "Event")).isEqualTo("refer");
        assertThat(header(all.get(5), "Subscription-State")).isEqualTo("active;expires=60");
        assertThat(all.get(5).body().text()).isEqualTo("SIP/2.0 100 Trying\r\n");
        assertThat(tag(all.get(5), "To")).isEqualTo("bob-1");
        assertThat(header(all.get(7), "Subscription-State"))
                .isEqualTo("terminated;reason=noresource");
        assertThat(header(all.get(10), "Event")).isEqualTo("refer;id=2");
    }

    @Test
    void notifiesOutsideOfACallBeforeItsReferIsAnswered() {
        var all =
                messages(
                        """
                        0 alice -> bob REFER
                        0 bob -> alice NOTIFY sipfrag=100
                        0 alice -> bob 200 NOTIFY
                        0 bob -> alice 202 REFER
                        1 bob -> alice NOTIFY sipfrag=200
                        """);

        assertThat(tag(all.get(1), "To")).isEqualTo("alice-1");
        assertThat(uri(all.get(1))).isEqualTo("sip:alice@192.0.2.1:5060");
        assertThat(tag(all.get(1), "From")).isEqualTo(tag(all.get(3), "To"));
        assertThat(header(all.get(4), "From")).isEqualTo(header(all.get(1), "From"));
        assertThat(header(all.get(4), "CSeq")).isEqualTo("2 NOTIFY");
    }

    @Test
    void replacesADialogOfAnotherCall() {
        var trace =
                """
                actor alice 192.0.2.10
                actor bob 192.0.2.20
                actor carol 192.0.2.30
                0 alice -> bob INVITE
                0 bob -> alice 200 INVITE
                0 alice -> bob ACK
                1 alice -> carol INVITE call=2
                1 carol -> alice 200 INVITE call=2
                1 alice -> carol ACK call=2
                2 alice -> bob REFER refer-to=carol replaces=2
                2 bob -> alice 202 REFER
                3 bob -> carol INVITE call=3 replaces=2
                """;
        var all = messages(trace);

        Traced.assertWhole(sightings(trace));
        assertThat(header(all.get(8), "Replaces"))
                .isEqualTo("2@192.0.2.10;to-tag=carol-2;from-tag=alice-2");
        assertThat(header(all.get(6), "Refer-To"))
                .isEqualTo(
                        "<sip:carol@192.0.2.30:5060?Replaces=2%40192.0.2.10%3Bto-tag%3Dcarol-2%3Bfrom-tag%3Dalice-2>");
    }

    @Test
    void forksIntoTwoDialogs() {
        var all =
                messages(
                        """
                        0 alice -> proxy INVITE
                        0 proxy -> bob INVITE relayed
                        0 proxy -> carol INVITE relayed=proxy
                        1 bob -> proxy 200 INVITE
                        1 proxy -> alice 200 INVITE relayed
                        2 carol -> proxy 200 INVITE
                        2 proxy -> alice 200 INVITE relayed
                        3 alice -> proxy ACK
                        3 alice -> proxy ACK to-tag=bob-1
                        4 bob -> alice BYE
                        """);

        assertThat(tag(all.get(7), "To")).isEqualTo("carol-1");
        assertThat(tag(all.get(8), "To")).isEqualTo("bob-1");
        assertThat(uri(all.get(8))).isEqualTo("sip:bob@192.0.2.3:5060");
        assertThat(tag(all.get(9), "From")).isEqualTo("bob-1");
    }

    @Test
    void forgetsTheEarlyDialogOfARefusedInvite() {
        var all =
                messages(
                        """
                        0 alice -> bob INVITE
                        1 bob -> alice 180 INVITE
                        2 bob -> alice 486 INVITE
                        2 alice -> bob ACK
                        3 alice -> bob INVITE
                        """);

        assertThat(tag(all.get(4), "To")).isEmpty();
        assertThat(header(all.get(4), "CSeq")).isEqualTo("2 INVITE");
    }

    @Test
    void keepsTheTagThatATraceGives() {
        var all =
                messages(
                        """
                        0 alice -> bob INVITE from-tag=a1
                        1 bob -> alice 200 INVITE to-tag=b1
                        1 alice -> bob ACK
                        2 bob -> alice BYE
                        """);

        assertThat(tag(all.get(2), "From")).isEqualTo("a1");
        assertThat(tag(all.get(2), "To")).isEqualTo("b1");
        assertThat(tag(all.get(3), "From")).isEqualTo("b1");
    }

    @Test
    void registersAndRepeatsTheBinding() {
        var all =
                messages(
                        """
                        actor alice 192.0.2.10
                        actor registrar 192.0.2.1
                        0 alice -> registrar REGISTER
                            Expires: 60
                        0 registrar -> alice 200 REGISTER
                        """);

        assertThat(uri(all.get(0))).isEqualTo("sip:192.0.2.1");
        assertThat(header(all.get(0), "To")).isEqualTo("<sip:alice@192.0.2.1>");
        assertThat(header(all.get(1), "Contact"))
                .isEqualTo("<sip:alice@192.0.2.10:5060>;expires=60");
    }

    @Test
    void acknowledgesAReliableProvisionalResponse() {
        var all =
                messages(
                        """
                        0 alice -> bob INVITE
                        1 bob -> alice 183 INVITE sdp=sendrecv
                            Require: 100rel
                            RSeq: 17
                        1 alice -> bob PRACK
                        """);

        assertThat(all.get(1).body().text()).endsWith("a=sendrecv\r\n");
        assertThat(header(all.get(2), "RAck")).isEqualTo("17 1 INVITE");
        assertThat(tag(all.get(2), "To")).isEqualTo("bob-1");
    }

    @Test
    void setsAddsAndLeavesOutHeadersWhereTheyStand() {
        var invite =
                messages(
                                """
                                0 alice -> bob INVITE sdp=none
                                    f: "A" <sip:a@example.net>;tag=1
                                    +Via: SIP/2.0/UDP 192.0.2.99;branch=z9hG4bKx
                                    -Max-Forwards
                                    Subject: one
                                    Subject: two
                                    | body
                                    |
                                    | ends  here
                                """)
                        .getFirst();

        assertThat(invite.name(2).text()).isEqualTo("f");
        assertThat(invite.value(1).text()).contains("192.0.2.99");
        assertThat(header(invite, "Max-Forwards")).isEmpty();
        assertThat(header(invite, "Content-Type")).isEmpty();
        assertThat(values(invite, "Subject")).isEqualTo(2);
        assertThat(invite.body().text()).isEqualTo("body\r\n\r\nends  here\r\n");
        assertThat(header(invite, "Content-Length")).isEqualTo("20");
    }

    @Test
    void sendsAnswersOverTheTransportOfTheirRequest() {
        var all =
                sightings(
                        """
                        actor alice 192.0.2.10
                        actor proxy 192.0.2.1 tcp
                        actor bob 192.0.2.20 tls
                        0 alice -> proxy INVITE
                        0 proxy -> bob INVITE relayed over=tls
                        1 bob -> proxy 200 INVITE
                        1 proxy -> alice 200 INVITE relayed
                        """);

        assertThat(all)
                .extracting(Sighting::transport)
                .containsExactly(Transport.UDP, Transport.TLS, Transport.TLS, Transport.UDP);
        assertThat(all.get(1).to()).hasToString("192.0.2.20:5061");
    }

    @Test
    void letsAnActorBehindNatWriteItsPrivateAddress() {
        var all =
                messages(
                        """
                        actor alice 203.0.113.5:40000 udp writes=10.0.0.5
                        actor bob 192.0.2.20
                        0 alice -> bob INVITE
                        0 bob -> alice 200 INVITE
                        0 alice -> bob ACK
                        """);

        assertThat(header(all.get(0), "Via"))
                .startsWith("SIP/2.0/UDP 10.0.0.5:5060;")
                .endsWith(";rport");
        assertThat(header(all.get(0), "Contact")).isEqualTo("<sip:alice@10.0.0.5:5060>");
        assertThat(header(all.get(1), "Via")).endsWith(";rport=40000;received=203.0.113.5");
        assertThat(all.get(0).body().text()).contains("c=IN IP4 10.0.0.5");
    }

    @Test
    void answersARequestThatTheTraceDoesNotShow() {
        var all = messages("0 bob -> alice 200 BYE\n1 bob -> alice 200 INVITE cseq=7\n");

        assertThat(header(all.get(0), "CSeq")).isEqualTo("1 BYE");
        assertThat(header(all.get(1), "CSeq")).isEqualTo("7 INVITE");
        assertThat(header(all.get(1), "Call-ID")).isEqualTo("1@192.0.2.1");
    }

    @Test
    void givesUndeclaredActorsTheNextFreeAddress() {
        var seen =
                sightings(
                        "actor bob 192.0.2.1\n0 alice -> bob OPTIONS\n0 carol -> 198.51.100.7:5070 OPTIONS\n");

        assertThat(seen.get(0).from()).hasToString("192.0.2.2:5060");
        assertThat(seen.get(1).from()).hasToString("192.0.2.3:5060");
        assertThat(seen.get(1).to()).hasToString("198.51.100.7:5070");
    }

    @Test
    void writesIpv6AddressesInTheirShortForm() {
        var all =
                sightings(
                        "actor a [2001:DB8:0:0::1]\nactor b [2001:db8::2]:5070 tls\n0 a -> b INVITE\n");

        assertThat(all.getFirst().from().host()).isEqualTo("2001:db8::1");
        assertThat(uri(all.getFirst().message())).isEqualTo("sip:b@[2001:db8::2]");
        assertThat(header(all.getFirst().message(), "Via")).contains(" [2001:db8::1]:5060;");
        assertThat(all.getFirst().message().body().text()).contains("c=IN IP6 2001:db8::1");
    }

    @Test
    void tellsWhereTheSourceWasBlindAndUntilWhenItWatched() throws UnreadableEvidence {
        var seen = new Seen();
        var account =
                TraceReader.read(
                        "start 2026-02-03T04:05:06Z\n1 a -> b OPTIONS\n2.5 gap stream a -> b says 40 octets lost\n60 end\n",
                        "x.trace",
                        seen);

        assertThat(seen.gapLines()).containsExactly("stream 0: 40 octets lost");
        assertThat(seen.gaps.getFirst().at()).contains(Instant.parse("2026-02-03T04:05:08.5Z"));
        assertThat(account.kind()).isEqualTo("trace");
        assertThat(account.messages()).isEqualTo(1);
        assertThat(account.gaps()).isEqualTo(1);
        assertThat(account.from()).contains(Instant.parse("2026-02-03T04:05:07Z"));
        assertThat(account.to()).contains(Instant.parse("2026-02-03T04:06:06Z"));
    }

    @Test
    void skipsEmptyLinesAndComments() {
        var all =
                messages(
                        """

                        # a call
                        0 alice -> bob INVITE

                            # the subject
                            Subject: x

                        1 bob -> alice 100 INVITE
                        """);

        assertThat(header(all.get(0), "Subject")).isEqualTo("x");
        assertThat(all).hasSize(2);
    }

    @Test
    void isTheSameInEachRun() {
        var trace = "0 a -> b INVITE\n1 b -> a 407 INVITE\n1 a -> b ACK\n2 a -> b INVITE auth\n";

        assertThat(messages(trace).stream().map(m -> m.bytes().text()).toList())
                .isEqualTo(messages(trace).stream().map(m -> m.bytes().text()).toList());
    }

    @Test
    void recognisesATraceByItsFirstLineThatSaysSomething() {
        assertThat(recognises("# x\n\nactor a 192.0.2.1\n")).isTrue();
        assertThat(recognises("\ufeffstart 2026-01-01T00:00:00Z\n")).isTrue();
        assertThat(recognises(" 0.000 a -> b INVITE\n")).isTrue();
        assertThat(recognises("INVITE sip:a SIP/2.0\n")).isFalse();
        assertThat(recognises("actors\n")).isFalse();
        assertThat(recognises("")).isFalse();
    }

    private static boolean recognises(String head) {
        var bytes = head.getBytes(UTF_8);
        return TraceReader.recognises(bytes, bytes.length);
    }

    private static long values(referee.sip.SipMessage message, String name) {
        return message.headers().stream().filter(h -> h.name().isIgnoreCase(name)).count();
    }
}
