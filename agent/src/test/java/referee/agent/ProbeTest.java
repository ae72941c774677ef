// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Notice;
import referee.stack.Reply;
import referee.stack.SimNet;
import referee.stack.SimNet.Host;

/// Probes in virtual time, against a peer that a test scripts.
class ProbeTest {
    private static final String BOB = "sip:bob@192.0.2.2";
    private static final String DONE = "terminated;reason=noresource";
    private static final ProbePlan TRANSFER =
            ProbePlan.of(ProbePlan.Kind.TRANSFER, BOB).to("sip:carol@192.0.2.3", false);

    private final SimNet net = new SimNet(7, SimNet.Weather.FINE);
    private final List<ProbeResult> results = new ArrayList<>();
    private final List<String> timeline = new ArrayList<>();

    /// Bob answers calls with this, and does that about each REFER.
    private Host bob(Reply reply, BiConsumer<Host, Job> about) {
        return bob("192.0.2.2", reply, about);
    }

    private Host bob(String address, Reply reply, BiConsumer<Host, Job> about) {
        return net.host(
                "bob",
                address,
                setup -> setup.user("sip:bob@example.com").serves("INVITE", "REFER"),
                (host, event) -> {
                    if (event instanceof Event.Invited(var job, _, _, _)) reply(host, job, reply);
                    if (event instanceof Event.Referred(var job, _, _, _)) about.accept(host, job);
                });
    }

    private static void reply(Host host, Job job, Reply reply) {
        host.carryOut(host.agent().reply(host.now(), job, reply));
    }

    private static void notify(Host host, Job job, Notice notice) {
        host.carryOut(host.agent().notify(host.now(), job, notice));
    }

    private ProbeResult run(ProbePlan plan) {
        return run(plan, "192.0.2.1");
    }

    private ProbeResult run(ProbePlan plan, String address) {
        var probe = new Probe(plan, (_, says) -> timeline.add(says), results::add);
        var alice =
                net.host(
                        "alice",
                        address,
                        setup -> setup.user("sip:alice@example.com"),
                        new Seat(probe));
        net.at(Duration.ZERO, () -> alice.carryOut(probe.begin(alice.agent(), net.now())));
        net.run(Duration.ofSeconds(400));
        assertThat(results).as(net.story()).hasSize(1);
        assertThat(alice.agent().open()).as("what is still open").isZero();
        return results.getFirst();
    }

    private static String fault(ProbeResult result) {
        return result.blame()
                .map(blame -> blame.fault() + " " + blame.party() + " " + blame.certainty())
                .orElse("");
    }

    private long sent(String line) {
        return net.sent().stream()
                .filter(one ->
                        one.from().equals("alice") && one.message().toString().startsWith(line))
                .count();
    }

    @Test
    void callsAndHangsUp() {
        bob(Reply.of(200), (_, _) -> {});
        var result = run(ProbePlan.of(ProbePlan.Kind.CALL, BOB));
        assertThat(result.end()).isEqualTo(ProbeEnd.SUCCEEDED);
        assertThat(result.code()).isEqualTo(200);
        assertThat(sent("BYE")).isEqualTo(1);
    }

    @Test
    void cancelsACallThatNobodyAnswers() {
        bob(Reply.of(180), (_, _) -> {});
        var result = run(ProbePlan.of(ProbePlan.Kind.CALL, BOB).patience(Duration.ofSeconds(20)));
        assertThat(result.end()).isEqualTo(ProbeEnd.TIMED_OUT);
        assertThat(sent("CANCEL")).isEqualTo(1);
    }

    @Test
    void takesNoAcceptedReferForAnOutcome() {
        bob(
                Reply.of(200),
                (host, job) -> {
                    reply(host, job, Reply.of(202));
                    notify(host, job, Notice.sipfrag(100, "Trying", "active;expires=60"));
                    notify(host, job, Notice.sipfrag(486, "Busy Here", DONE));
                });
        var result = run(TRANSFER);
        assertThat(result.end()).isEqualTo(ProbeEnd.BUSY);
        assertThat(result.says()).contains("486 Busy Here");
        assertThat(sent("BYE")).isEqualTo(1);
    }

    @Test
    void takesANotifyBeforeThe2xx() {
        bob(
                Reply.of(200),
                (host, job) -> {
                    notify(host, job, Notice.sipfrag(200, "OK", DONE));
                    reply(host, job, Reply.of(202));
                });
        assertThat(run(TRANSFER).end()).isEqualTo(ProbeEnd.SUCCEEDED);
    }

    @Test
    void isUnknownWhereThePeerAgreedToSendNoNotify() {
        bob(
                Reply.of(200),
                (host, job) -> reply(host, job, Reply.of(200).with("Refer-Sub", "false")));
        assertThat(run(TRANSFER).end()).isEqualTo(ProbeEnd.UNKNOWN);
    }

    @Test
    void isRejectedWhereTheReferIs() {
        bob(Reply.of(200), (host, job) -> reply(host, job, Reply.of(603)));
        var result = run(TRANSFER);
        assertThat(result.end()).isEqualTo(ProbeEnd.REJECTED);
        assertThat(sent("BYE")).isEqualTo(1);
    }

    @Test
    void findsThatThePeerKeepsTheSubscriptionAndTellsNothing() {
        bob(Reply.of(200), (host, job) -> reply(host, job, Reply.of(202)));
        var result = run(TRANSFER);
        assertThat(result.end()).isEqualTo(ProbeEnd.TIMED_OUT);
        assertThat(fault(result)).as(timeline.toString()).startsWith("refer-no-notify transferee");
        assertThat(timeline)
                .anyMatch(line -> line.startsWith("is the subscription alive?"))
                .anyMatch(line -> line.startsWith("is the dialog alive?"))
                .anyMatch(line -> line.startsWith("does anything come back"))
                .anyMatch(line -> line.startsWith("can our Contact be reached?"))
                .anyMatch(line -> line.startsWith("did we refuse a NOTIFY? no"));
        assertThat(sent("BYE")).isEqualTo(1);
    }

    @Test
    void blamesNobodyWhileTheTargetRings() {
        bob(
                Reply.of(200),
                (host, job) -> {
                    reply(host, job, Reply.of(202));
                    notify(host, job, Notice.sipfrag(180, "Ringing", "active;expires=600"));
                });
        var result = run(TRANSFER);
        assertThat(result.end()).isEqualTo(ProbeEnd.TIMED_OUT);
        assertThat(result.blame()).as(timeline.toString()).isEmpty();
        assertThat(result.says()).contains("the target rings");
    }

    @Test
    void findsThatThePeerIsGone() {
        bob(
                Reply.of(200),
                (host, job) -> {
                    reply(host, job, Reply.of(202));
                    net.at(Duration.ofSeconds(5), () -> net.kill(host.endpoint()));
                });
        var result = run(TRANSFER);
        assertThat(fault(result)).isEqualTo("connection-lost network possible");
    }

    @Test
    void findsThatOurContactCannotBeReached() {
        bob("203.0.113.2", Reply.of(200), (host, job) -> reply(host, job, Reply.of(202)));
        net.filter(packet -> !packet.message().toString().startsWith("NOTIFY"));
        var plan =
                ProbePlan.of(ProbePlan.Kind.TRANSFER, "sip:bob@203.0.113.2")
                        .to("sip:carol@192.0.2.3", false);
        var result = run(plan, "192.168.1.5");
        assertThat(fault(result))
                .as(timeline + " " + net.story())
                .startsWith("private-address-in-contact client");
    }

    @Test
    void findsThatWeRefusedTheNotify() {
        bob(
                Reply.of(200),
                (host, job) -> {
                    reply(host, job, Reply.of(202));
                    notify(
                            host,
                            job,
                            Notice.sipfrag(200, "OK", DONE).with("Event", "refer;id=4711"));
                });
        var result = run(TRANSFER);
        assertThat(result.end()).isEqualTo(ProbeEnd.TIMED_OUT);
        assertThat(fault(result))
                .isEqualTo("refer-notify-id-missing-or-misassigned transferee likely");
        assertThat(result.blame().orElseThrow().says()).contains("4711").contains("481");
    }

    @Test
    void gradesAPing() {
        bob(Reply.of(200), (_, _) -> {});
        var result = run(ProbePlan.of(ProbePlan.Kind.OPTIONS, BOB));
        assertThat(result.end()).isEqualTo(ProbeEnd.SUCCEEDED);
    }
}
