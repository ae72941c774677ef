// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Notice;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.Reply;
import referee.stack.SimNet;
import referee.stack.UserAgent;

/// What a probe finds where no NOTIFY tells the outcome, in virtual time: each branch names its
/// fault, its party, and no more certainty than it has.
class InquiryTest {
    private static final String DONE = "terminated;reason=noresource";

    private final SimNet net = new SimNet(7, SimNet.Weather.FINE);
    private final List<ProbeResult> results = new ArrayList<>();
    private final List<String> timeline = new ArrayList<>();
    private final Bob bob = new Bob();

    /// Accepts a call and its REFER, and then answers as a test says.
    private static final class Bob implements Application {
        /// Status line instead of the 200 to a method.
        private final Map<String, String> says = new HashMap<>();

        /// Methods whose requests it does not hear once it has accepted a REFER.
        private final Set<String> deaf = new HashSet<>();

        /// Whether its NOTIFYs get lost.
        private boolean mute;

        private boolean speaksIfAsked;

        /// Instead of the port in rport.
        private String port = "5060";

        private Reply accepts = Reply.of(202);
        private List<Notice> notices = List.of();
        private boolean byes;
        private boolean closes;
        private boolean referred;
        private Job call = new Job(0);

        @Override
        public List<Output> on(UserAgent agent, Instant at, Event event) {
            return switch (event) {
                case Event.Invited(var job, _, _, _) -> {
                    call = job;
                    yield agent.reply(at, job, Reply.of(200));
                }
                case Event.Referred(var job, _, var flow, _) -> {
                    referred = true;
                    var out = new ArrayList<>(agent.reply(at, job, accepts));
                    for (var one : notices) out.addAll(agent.notify(at, job, one));
                    if (closes) out.add(new Output.Close(flow));
                    if (byes) out.addAll(agent.hangUp(at, call));
                    yield out;
                }
                default -> List.of();
            };
        }

        @Override
        public boolean enters(Received received) {
            var message = received.message();
            if (message.isRequest() && message.method().equals("SUBSCRIBE")) mute &= !speaksIfAsked;
            return !referred || !message.isRequest() || !deaf.contains(message.method());
        }

        @Override
        public List<Output.Send> leaving(Instant at, Output.Send send) {
            var message = (SipMessage) SipParser.parse(send.bytes());
            if (message.isRequest())
                return mute && message.method().equals("NOTIFY") ? List.of() : List.of(send);
            var text = send.bytes().text().replace(";rport=5060", ";rport=" + port);
            var status = says.get(message.method());
            if (referred && status != null && message.code() == 200)
                text = text.replaceFirst("SIP/2.0 200 OK", "SIP/2.0 " + status);
            return List.of(new Output.Send(send.id(), send.to(), Slice.of(text.getBytes(UTF_8))));
        }
    }

    private ProbeResult transfer() {
        return transfer("sip:bob@192.0.2.2", "192.0.2.1");
    }

    private ProbeResult transfer(String uri, String from) {
        var plan =
                ProbePlan.of(ProbePlan.Kind.TRANSFER, uri)
                        .to("sip:carol@192.0.2.3", false)
                        .patience(Duration.ofSeconds(20));
        var probe = new Probe(plan, (_, says) -> timeline.add(says), results::add);
        var host = uri.substring(8).split(";", 2)[0];
        net.host(
                "bob",
                host,
                setup -> setup.user("sip:bob@example.com").serves("INVITE", "REFER"),
                new Seat(bob));
        var alice =
                net.host(
                        "alice",
                        from,
                        setup -> setup.user("sip:alice@example.com"),
                        new Seat(probe));
        net.at(Duration.ZERO, () -> alice.carryOut(probe.begin(alice.agent(), net.now())));
        net.run(Duration.ofSeconds(400));
        assertThat(results).as(net.story()).hasSize(1);
        assertThat(alice.agent().open()).as("what is still open").isZero();
        return results.getFirst();
    }

    private void assertBlames(ProbeResult result, String blame, String... says) {
        var found = result.blame().orElseThrow();
        assertThat(found.fault() + " " + found.party() + " " + found.certainty())
                .as(timeline + " " + net.story())
                .isEqualTo(blame);
        assertThat(List.of(says)).allSatisfy(one -> assertThat(found.says()).contains(one));
        assertThat(result.says()).endsWith(found.says());
        assertThat(result.end()).isEqualTo(ProbeEnd.TIMED_OUT);
    }

    @Test
    void theSubscriptionLivesAndNotifyGetsThrough() {
        assertBlames(transfer(), "refer-no-notify transferee likely", "NOTIFY gets through");
        assertThat(timeline).contains("the subscription is alive");
    }

    @Test
    void theSubscriptionLivesAndNoNotifyComesEvenForItsEnd() {
        bob.mute = true;
        assertBlames(
                transfer(),
                "refer-no-notify transferee possible",
                "sends no NOTIFY, or it gets lost on the way");
        assertThat(timeline).contains("and no NOTIFY came even for its end");
    }

    @Test
    void theOutcomeIsToldWhenItIsAskedFor() {
        bob.mute = true;
        bob.speaksIfAsked = true;
        bob.notices = List.of(Notice.sipfrag(200, "OK", "active;expires=60"));
        var result = transfer();
        assertThat(result.end()).as(timeline.toString()).isEqualTo(ProbeEnd.SUCCEEDED);
        assertThat(result.blame().orElseThrow().fault()).isEqualTo("refer-notify-late");
        assertThat(result.blame().orElseThrow().certainty()).isEqualTo("likely");
    }

    @Test
    void thereIsNoSubscription() {
        bob.says.put("SUBSCRIBE", "481 Subscription Does Not Exist");
        bob.mute = true;
        assertBlames(
                transfer(), "refer-no-notify transferee likely", "keeps no subscription for it");
        assertThat(timeline)
                .anyMatch(line -> line.startsWith("the subscription is gone: "))
                .anyMatch(line -> line.startsWith("the dialog is alive: "));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "405 Method Not Allowed",
                "489 Bad Event",
                "501 Not Implemented",
                "404 Not Found"
            })
    void whoeverRefusesSubscribeTellsNothingOfTheSubscription(String status) {
        bob.says.put("SUBSCRIBE", status);
        bob.mute = true;
        assertBlames(
                transfer(),
                "refer-no-notify transferee possible",
                "nothing shows that it sends NOTIFY");
        assertThat(timeline).anyMatch(line -> line.startsWith("the subscription is unclear: "));
    }

    @Test
    void subscribeIsNotAnswered() {
        bob.deaf.add("SUBSCRIBE");
        assertBlames(transfer(), "refer-no-notify transferee possible");
        assertThat(timeline)
                .contains("no answer within 10 s")
                .anyMatch(line -> line.startsWith("the dialog is alive: "));
    }

    @Test
    void theDialogIsForgotten() {
        bob.says.put("SUBSCRIBE", "481 Call/Transaction Does Not Exist");
        bob.says.put("OPTIONS", "481 Call/Transaction Does Not Exist");
        bob.mute = true;
        assertBlames(transfer(), "dialog-lost-481 transferee likely", "forgotten the whole dialog");
    }

    @Test
    void theCallHasEndedAndNothingIsTold() {
        bob.byes = true;
        bob.deaf.add("SUBSCRIBE");
        assertBlames(transfer(), "refer-no-notify transferee possible");
        assertThat(timeline).contains("is the dialog alive? The call has ended already");
    }

    @Test
    void nothingComesBackAnyMore() {
        bob.deaf.addAll(Set.of("SUBSCRIBE", "OPTIONS", "BYE"));
        assertBlames(transfer(), "connection-lost network possible", "does not answer anything");
    }

    @Test
    void theConnectionIsClosedAndNothingComesBackOverANewOne() {
        bob.closes = true;
        bob.deaf.addAll(Set.of("SUBSCRIBE", "OPTIONS", "BYE"));
        assertBlames(
                transfer("sip:bob@192.0.2.2;transport=tcp", "192.0.2.1"),
                "connection-lost network likely",
                "the TCP connection to 192.0.2.2:5060 was lost",
                "nothing is answered since");
    }

    @Test
    void aConnectionThatIsOpenedAnewIsNoFault() {
        bob.closes = true;
        bob.mute = true;
        var result = transfer("sip:bob@192.0.2.2;transport=tcp", "192.0.2.1");
        assertBlames(result, "refer-no-notify transferee possible");
        assertThat(result.notes())
                .anyMatch(one -> one.startsWith("the TCP connection to 192.0.2.2:5060 was lost"));
    }

    @Test
    void nobodyListensThereAnyMore() {
        net.at(
                Duration.ofSeconds(10),
                () -> net.kill(new referee.stack.Endpoint("192.0.2.2", 5060)));
        assertBlames(
                transfer("sip:bob@192.0.2.2;transport=tcp", "192.0.2.1"),
                "connection-lost network likely",
                "nobody listens there");
    }

    @Test
    void ourContactIsPrivateAndThePeerIsNot() {
        bob.mute = true;
        assertBlames(
                transfer("sip:bob@203.0.113.2", "192.168.1.5"),
                "private-address-in-contact client likely",
                "192.168.1.5",
                "203.0.113.2, is on the public network");
    }

    @Test
    void thePeerSeesUsAtAnotherPort() {
        bob.port = "40000";
        bob.mute = true;
        bob.deaf.add("SUBSCRIBE");
        assertBlames(
                transfer(),
                "private-address-in-contact client possible",
                "the peer sees us as 192.0.2.1:40000: there is a NAT between");
    }

    @Test
    void aSubscriptionThatIsGoneIsNotForgottenWhereNotifyCannotArrive() {
        bob.port = "40000";
        bob.says.put("SUBSCRIBE", "481 Subscription Does Not Exist");
        bob.mute = true;
        assertBlames(transfer(), "private-address-in-contact client possible");
    }

    @Test
    void theOtherPortOfAConnectionIsNoNat() {
        bob.port = "40000";
        bob.mute = true;
        assertBlames(
                transfer("sip:bob@192.0.2.2;transport=tcp", "192.0.2.1"),
                "refer-no-notify transferee possible");
        assertThat(timeline).contains("can our Contact be reached? nothing speaks against it");
    }

    @Test
    void weRefusedANotifyThatNamesAnotherRefer() {
        bob.notices = List.of(Notice.sipfrag(200, "OK", DONE).with("Event", "refer;id=4711"));
        assertBlames(
                transfer(),
                "refer-notify-id-missing-or-misassigned transferee likely",
                "Event: refer;id=4711",
                "481");
    }

    private void stray(String event) {
        net.at(
                Duration.ofSeconds(5),
                () -> {
                    var host = net.host("stray", "192.0.2.9", setup -> setup, (_, _) -> {});
                    var draft =
                            Draft.request("NOTIFY", "sip:alice@192.0.2.1")
                                    .with("Event", event)
                                    .with("Subscription-State", DONE);
                    host.start(host.agent().request(net.now(), draft));
                });
    }

    @Test
    void weRefusedANotifyOfAnotherDialog() {
        stray("refer");
        bob.mute = true;
        assertBlames(
                transfer(),
                "refer-no-notify transferee likely",
                "a NOTIFY with Event: refer was",
                "does not come in the dialog of the REFER");
    }

    @Test
    void aNotifyAboutSomethingElseSaysNothing() {
        stray("message-summary");
        bob.mute = true;
        assertBlames(transfer(), "refer-no-notify transferee possible");
        assertThat(timeline)
                .contains("did we refuse a NOTIFY? no, all that came were answered 200");
    }

    @Test
    void silenceWasAgreed() {
        bob.accepts = Reply.of(200).with("Refer-Sub", "false");
        var result = transfer();
        assertThat(result.end()).isEqualTo(ProbeEnd.UNKNOWN);
        assertThat(result.blame()).isEmpty();
        assertThat(timeline).noneMatch(line -> line.startsWith("is the subscription alive?"));
    }

    @Test
    void aSubscriptionIsWantedThatNobodyAskedFor() {
        bob.accepts = Reply.of(200).with("Refer-Events-At", "<sips:bob@192.0.2.2;gr=1>");
        bob.deaf.add("SUBSCRIBE");
        bob.mute = true;
        assertBlames(
                transfer(),
                "refer-sub-suppression-mishandled transferee likely",
                "Refer-Events-At");
    }

    @Test
    void anExtensionThatWeDoNotOfferIsARejection() {
        bob.accepts = Reply.of(421).with("Require", "explicitsub");
        var result = transfer();
        assertThat(result.end()).isEqualTo(ProbeEnd.REJECTED);
        assertThat(result.says()).contains("421");
        assertThat(result.blame()).isEmpty();
    }

    @Test
    void onlyTryingIsToldAndNothingMore() {
        bob.notices = List.of(Notice.sipfrag(100, "Trying", "active;expires=60"));
        assertBlames(
                transfer(),
                "refer-no-notify transferee likely",
                "so the other side has not told the outcome");
    }

    @Test
    void theLastNotifyTellsNoOutcome() {
        bob.notices = List.of(Notice.sipfrag(100, "Trying", DONE));
        var result = transfer();
        assertThat(result.end()).isEqualTo(ProbeEnd.UNKNOWN);
        assertThat(result.says()).contains("the last status was 100");
    }
}
