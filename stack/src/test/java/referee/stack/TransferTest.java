// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.sip.HeaderName.EVENT;
import static referee.sip.HeaderName.REFERRED_BY;
import static referee.sip.HeaderName.REFER_TO;
import static referee.sip.HeaderName.REPLACES;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import referee.sip.SipMessage;
import referee.stack.SimNet.Host;

class TransferTest {
    private static final Transferring CAROL = Transferring.to("sip:carol@192.0.2.3");
    private static final String ACTIVE = "active;expires=60";
    private static final String DONE = "terminated;reason=noresource";

    private static final String BOB = "<sip:bob@192.0.2.2:5060>";

    /// Bob answers calls, and does this about a REFER.
    private static Pair pair(BiConsumer<Pair, Job> about) {
        return pair(BOB, "nosub", about);
    }

    private static Pair pair(String contact, String supported, BiConsumer<Pair, Job> about) {
        var pair = new Pair();
        return pair.bob((host, event) -> {
            var job = Pair.asked(event);
            if (job != null)
                pair.reply(
                        job, Reply.of(200).with("Contact", contact).with("Supported", supported));
            if (event instanceof Event.Referred(var referral, _, _, _))
                about.accept(pair, referral);
        });
    }

    private static Job transfer(Pair pair, long second) {
        var call = pair.call();
        var made = new ArrayList<Job>();
        pair.at(second, () -> made.add(pair.transfer(call, CAROL)));
        pair.run(second);
        return made.getFirst();
    }

    private static List<Outcome> outcomes(Pair pair) {
        return pair.alice.events(Event.TransferOutcome.class).stream()
                .map(Event.TransferOutcome::outcome)
                .toList();
    }

    private static Host carol(Pair pair, Reply... replies) {
        return pair.net.host(
                "carol",
                "192.0.2.3",
                setup -> setup.user("sip:carol@example.com").serves("INVITE"),
                (host, event) -> {
                    if (event instanceof Event.Invited(var job, _, _, _))
                        for (var reply : replies)
                            host.carryOut(host.agent().reply(host.now(), job, reply));
                });
    }

    @Test
    void hasOneReferToInBracketsAndReferredByAndSupported() {
        var pair = pair((p, job) -> p.reply(job, Reply.of(202)));
        transfer(pair, 1);
        var refer = pair.sent("REFER").getFirst();
        assertThat(Pair.value(refer, REFER_TO)).isEqualTo("<sip:carol@192.0.2.3>");
        assertThat(Pair.value(refer, REFERRED_BY)).isEqualTo("<sip:alice@example.com>");
        assertThat(Pair.value(refer, referee.sip.HeaderName.SUPPORTED))
                .contains("replaces", "norefersub");
    }

    @Test
    void anAcceptedReferIsNoOutcomeWhetherBy200Or202() {
        for (var code : List.of(200, 202)) {
            var pair = pair((p, job) -> p.reply(job, Reply.of(code)));
            transfer(pair, 1);
            pair.run(30);
            assertThat(pair.alice.events(Event.ReferAccepted.class)).hasSize(1);
            assertThat(outcomes(pair)).isEmpty();
            pair.run(40);
            assertThat(outcomes(pair))
                    .containsExactly(new Outcome.Unknown("no NOTIFY within 32 s"));
        }
    }

    @Test
    void takesTheOutcomeFromTheFinalStatus() {
        var pair =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    p.notify(job, Notice.sipfrag(100, "Trying", ACTIVE));
                    p.notify(job, Notice.sipfrag(486, "Busy Here", DONE));
                });
        transfer(pair, 1);
        pair.run(10);
        assertThat(outcomes(pair)).containsExactly(new Outcome.Failed(486, "Busy Here"));
        assertThat(pair.answered("NOTIFY")).containsExactly(200, 200);
    }

    @Test
    void takesANotifyThatComesBeforeThe2xx() {
        var pair =
                pair((p, job) -> {
                    p.notify(job, Notice.sipfrag(200, "OK", DONE));
                    p.reply(job, Reply.of(202));
                });
        transfer(pair, 1);
        pair.run(60);
        assertThat(outcomes(pair)).containsExactly(new Outcome.Succeeded(200));
    }

    @Test
    void followsTheNumberOfTheReferThatWasAcceptedAfterAChallenge() {
        var seen = new ArrayList<Job>();
        var pair =
                pair((p, job) -> {
                    seen.add(job);
                    if (seen.size() == 1) {
                        p.reply(
                                job,
                                Reply.of(407)
                                        .with(
                                                "Proxy-Authenticate",
                                                "Digest realm=\"r\", nonce=\"1\""));
                        return;
                    }
                    p.reply(job, Reply.of(202));
                    p.notify(job, Notice.sipfrag(200, "OK", DONE));
                });
        transfer(pair, 1);
        pair.run(10);
        assertThat(outcomes(pair)).containsExactly(new Outcome.Succeeded(200));
        var accepted = pair.alice.events(Event.ReferAccepted.class).getFirst();
        var notified = pair.alice.events(Event.Notified.class).getFirst();
        assertThat(Pair.value(notified.request(), EVENT)).isEqualTo("refer;id=" + accepted.cseq());
        assertThat(accepted.cseq()).isEqualTo(3);
    }

    @Test
    void takesANotifyWithoutIdAndRefusesOneOfAnotherReferAndOfAnotherPackage() {
        var pair =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    p.notify(job, Notice.of(ACTIVE).with("Event", "refer;id=4711"));
                });
        transfer(pair, 1);
        pair.run(10);
        assertThat(pair.answered("NOTIFY")).containsExactly(481);
        var other =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    p.notify(job, Notice.of(ACTIVE).with("Event", "talk"));
                    p.notify(job, Notice.sipfrag(200, "OK", DONE).with("Event", "refer"));
                });
        transfer(other, 1);
        other.run(10);
        assertThat(other.answered("NOTIFY")).startsWith(489);
        var without =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    p.notify(job, Notice.sipfrag(200, "OK", DONE).with("Event", "refer"));
                });
        transfer(without, 1);
        without.run(10);
        assertThat(outcomes(without)).containsExactly(new Outcome.Succeeded(200));
    }

    @Test
    void isUnknownWhereTheSubscriptionEndsOrExpiresWithoutAFinalStatus() {
        var ended =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    p.notify(job, Notice.sipfrag(100, "Trying", "terminated;reason=giveup"));
                });
        transfer(ended, 1);
        ended.run(10);
        assertThat(outcomes(ended))
                .containsExactly(
                        new Outcome.Unknown(
                                "the subscription ended (giveup) without a final status; the last status was 100"));
        var expired =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    p.notify(job, Notice.sipfrag(180, "Ringing", "active;expires=20"));
                });
        transfer(expired, 1);
        expired.run(30);
        assertThat(outcomes(expired))
                .containsExactly(
                        new Outcome.Unknown(
                                "the subscription expired without a final status; the last status was 180"));
    }

    @Test
    void asksForNoNotificationsAndIsContentWithNoneWhereThatIsGranted() {
        var pair =
                pair(
                        BOB,
                        "norefersub",
                        (p, job) -> p.bob.start(p.bob.agent().follow(p.net.now(), job)));
        carol(pair, Reply.of(200));
        var call = pair.call();
        pair.at(1, () -> pair.transfer(call, CAROL.quietly()));
        pair.run(60);
        assertThat(outcomes(pair))
                .containsExactly(new Outcome.Unknown("the recipient agreed to send no NOTIFY"));
        assertThat(pair.alice.events(Event.Notified.class)).isEmpty();
        var ignored =
                pair(
                        BOB,
                        "norefersub",
                        (p, job) -> {
                            p.reply(job, Reply.of(202));
                            p.notify(job, Notice.sipfrag(200, "OK", DONE));
                        });
        var other = ignored.call();
        ignored.at(1, () -> ignored.transfer(other, CAROL.quietly()));
        ignored.run(60);
        assertThat(outcomes(ignored)).containsExactly(new Outcome.Succeeded(200));
    }

    @Test
    void surfacesARefusedRefer() {
        var pair = pair((p, job) -> p.reply(job, Reply.of(603)));
        transfer(pair, 1);
        pair.run(60);
        assertThat(pair.failure()).isInstanceOf(Failure.Rejected.class);
        assertThat(outcomes(pair)).isEmpty();
    }

    @Test
    void answersALateNotifyWith200AndTellsThatItIsLate() {
        var jobs = new ArrayList<Job>();
        var pair =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    jobs.add(job);
                });
        transfer(pair, 1);
        pair.at(50, () -> pair.notify(jobs.getFirst(), Notice.sipfrag(200, "OK", DONE)));
        pair.run(60);
        assertThat(outcomes(pair)).containsExactly(new Outcome.Unknown("no NOTIFY within 32 s"));
        assertThat(pair.answered("NOTIFY")).containsExactly(200);
        assertThat(pair.alice.events(Event.Notified.class)).allMatch(Event.Notified::late);
    }

    @Test
    void outlivesTheCall() {
        var jobs = new ArrayList<Job>();
        var pair =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    jobs.add(job);
                });
        var call = pair.call();
        pair.at(1, () -> pair.transfer(call, CAROL));
        pair.at(2, () -> pair.alice.carryOut(pair.alice.agent().hangUp(pair.net.now(), call)));
        pair.at(3, () -> pair.notify(jobs.getFirst(), Notice.sipfrag(200, "OK", DONE)));
        pair.run(10);
        assertThat(outcomes(pair)).containsExactly(new Outcome.Succeeded(200));
        assertThat(pair.net.run(Duration.ofHours(1))).isTrue();
        assertThat(pair.alice.agent().open() + pair.bob.agent().open())
                .as(pair.net.story())
                .isZero();
    }

    @Test
    void asksWhetherASilentSubscriptionIsAlive() {
        var alive = pair((p, job) -> p.reply(job, Reply.of(202)));
        var job = transfer(alive, 1);
        alive.at(
                40,
                () ->
                        alive.alice.carryOut(
                                alive.alice
                                        .agent()
                                        .resubscribe(alive.net.now(), job, Duration.ZERO)));
        alive.run(60);
        assertThat(alive.alice.events(Event.Subscribed.class)).hasSize(1);
        assertThat(alive.alice.events(Event.Notified.class)).hasSize(1);
        var gone =
                pair((p, referral) -> {
                    p.reply(referral, Reply.of(202));
                    p.notify(referral, Notice.sipfrag(100, "Trying", ACTIVE));
                });
        gone.net.filter(packet -> !packet.message().method().equals("NOTIFY"));
        var lost = transfer(gone, 1);
        gone.at(
                40,
                () ->
                        gone.alice.carryOut(
                                gone.alice
                                        .agent()
                                        .resubscribe(gone.net.now(), lost, Duration.ZERO)));
        gone.run(60);
        assertThat(gone.alice.events(Event.RefreshFailed.class)).hasSize(1);
        assertThat(gone.alice.events(Event.SubscriptionEnded.class))
                .containsExactly(new Event.SubscriptionEnded(lost, "refused 481"));
    }

    @Test
    void toAGruuGoesBesideTheDialog() {
        var pair = pair("<sip:bob@192.0.2.2;gr=x>", "", (p, job) -> p.reply(job, Reply.of(200)));
        transfer(pair, 1);
        pair.run(10);
        var refer = pair.sent("REFER").getFirst();
        var invite = pair.sent("INVITE").getFirst();
        assertThat(Pair.value(refer, referee.sip.HeaderName.TO)).doesNotContain("tag=");
        assertThat(Pair.value(refer, referee.sip.HeaderName.TARGET_DIALOG))
                .startsWith(Pair.value(invite, referee.sip.HeaderName.CALL_ID) + ";local-tag=");
        assertThat(pair.alice.events(Event.ReferAccepted.class)).hasSize(1);
    }

    @Test
    void asksWithNosubWhereBothSidesKnowIt() {
        var pair = pair((p, job) -> p.bob.start(p.bob.agent().follow(p.net.now(), job)));
        carol(pair, Reply.of(200));
        var call = pair.call();
        pair.at(1, () -> pair.transfer(call, CAROL.quietly()));
        pair.run(60);
        var refer = pair.sent("REFER").getFirst();
        assertThat(Pair.value(refer, referee.sip.HeaderName.REQUIRE)).isEqualTo("nosub");
        assertThat(pair.alice.events(Event.Notified.class)).isEmpty();
    }

    @Test
    void ofAConsultationCarriesItsReplacesEscapedAndTheTargetTakesItsPlace() {
        var pair = pair((p, job) -> p.bob.start(p.bob.agent().follow(p.net.now(), job)));
        var carol = carol(pair, Reply.of(200));
        var call = pair.call();
        var consultation = pair.call(Calling.of("sip:carol@192.0.2.3"));
        pair.at(2, () -> pair.transfer(call, Transferring.attended(consultation)));
        pair.run(20);
        var referTo = Pair.value(pair.sent("REFER").getFirst(), REFER_TO);
        assertThat(referTo).startsWith("<sip:carol@192.0.2.3:5060?Replaces=").endsWith(">");
        assertThat(referTo).contains("%3Bto-tag%3D", "%3Bfrom-tag%3D").doesNotContain(";");
        assertThat(outcomes(pair)).as(pair.net.story()).containsExactly(new Outcome.Succeeded(200));
        assertThat(carol.events(Event.Invited.class).getLast().replaced()).isPresent();
        assertThat(carol.events(Event.CallEnded.class))
                .extracting(Event.CallEnded::why)
                .containsExactly(Ending.REPLACED);
        assertThat(pair.alice.events(Event.CallEnded.class))
                .containsExactly(new Event.CallEnded(consultation, Ending.BYE));
        var referred = invite(pair, "bob");
        assertThat(Pair.value(referred, REPLACES)).contains(";to-tag=");
        assertThat(Pair.value(referred, REFERRED_BY)).isEqualTo("<sip:alice@example.com>");
    }

    private static SipMessage invite(Pair pair, String from) {
        return pair.net.sent().stream()
                .filter(packet -> packet.from().equals(from))
                .map(SimNet.Packet::message)
                .filter(one -> one.isRequest() && one.method().equals("INVITE"))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void tellsEachStepOfTheReferredCall() {
        var pair = pair((p, job) -> p.bob.start(p.bob.agent().follow(p.net.now(), job)));
        carol(pair, Reply.of(180), Reply.of(486));
        transfer(pair, 1);
        pair.run(20);
        assertThat(pair.alice.events(Event.Notified.class))
                .extracting(one -> one.request().body().text())
                .containsExactly(
                        "SIP/2.0 100 Trying\r\n",
                        "SIP/2.0 180 Ringing\r\n",
                        "SIP/2.0 486 Busy Here\r\n");
        assertThat(outcomes(pair)).containsExactly(new Outcome.Failed(486, "Busy Here"));
    }

    @Test
    void toNobodyKnownIsRefusedByReplaces() {
        var pair = new Pair().picksUp();
        pair.call(Calling.of(Pair.BOB).with("Replaces", "nobody;to-tag=a;from-tag=b"));
        pair.run(20);
        assertThat(((Failure.Rejected) pair.failure()).response().code()).isEqualTo(481);
    }

    @Test
    void outsideADialogMakesOneByItsNotifyOrIts2xx() {
        for (var notifyFirst : List.of(true, false)) {
            var pair =
                    pair((p, job) -> {
                        if (!notifyFirst) p.reply(job, Reply.of(202));
                        p.notify(job, Notice.sipfrag(100, "Trying", ACTIVE));
                        if (notifyFirst) p.reply(job, Reply.of(202));
                        p.notify(job, Notice.sipfrag(200, "OK", DONE));
                    });
            pair.alice.start(
                    pair.alice
                            .agent()
                            .refer(pair.net.now(), Draft.request("REFER", Pair.BOB), CAROL));
            pair.run(20);
            assertThat(outcomes(pair))
                    .as(pair.net.story())
                    .containsExactly(new Outcome.Succeeded(200));
            assertThat(pair.net.run(Duration.ofHours(1))).isTrue();
            assertThat(pair.alice.agent().open()).isZero();
        }
    }

    @Test
    void withTwoRefersInADialogIsToldApartById() {
        var jobs = new ArrayList<Job>();
        var pair =
                pair((p, job) -> {
                    p.reply(job, Reply.of(202));
                    jobs.add(job);
                });
        var call = pair.call();
        var mine = new ArrayList<Job>();
        pair.at(1, () -> mine.add(pair.transfer(call, CAROL)));
        pair.at(2, () -> mine.add(pair.transfer(call, CAROL)));
        pair.at(3, () -> pair.notify(jobs.get(1), Notice.sipfrag(200, "OK", DONE)));
        pair.at(4, () -> pair.notify(jobs.get(0), Notice.sipfrag(404, "Not Found", DONE)));
        pair.run(20);
        assertThat(pair.alice.events(Event.TransferOutcome.class))
                .containsExactly(
                        new Event.TransferOutcome(mine.get(1), new Outcome.Succeeded(200)),
                        new Event.TransferOutcome(
                                mine.get(0), new Outcome.Failed(404, "Not Found")));
    }
}
