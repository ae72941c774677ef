// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import referee.evidence.PcapWriter;
import referee.practice.Practice;
import referee.practice.PracticeServer;

/// baresip as phone of practice: caller, callee, transferee, transferor; and called and transferred
/// by the probe. What practice or the probe saw is judged.
@Timeout(180)
class BaresipInteropTest {
    /// baresip 1.0 ends the status line in its NOTIFY with LF alone: it is a fault, and a small
    /// one.
    private static final Set<String> OF_BARESIP = Set.of("sipfrag-line-ending");

    @TempDir Path directory;
    private final List<Baresip> phones = new ArrayList<>();
    private Path saved;

    @BeforeEach
    void beginHere() {
        Programs.assume("baresip");
        saved = directory.resolve("saved.pcap");
    }

    @AfterEach
    void endThem() throws IOException {
        for (var one : phones) one.close();
    }

    /// Runs something against practice.
    private interface Deed {
        void run(PracticeServer server) throws IOException, InterruptedException;
    }

    private Judged against(Deed deed) throws IOException, InterruptedException {
        try (var file = Files.newOutputStream(saved);
                var server =
                        PracticeServer.on(Programs.HERE, 0)
                                .practice(Practice.Plan.DEFAULT.withMd5Only())
                                .witness(new PcapWriter(file))
                                .start()) {
            deed.run(server);
            endThem();
            phones.clear();
        }
        return Judged.of(saved);
    }

    private Baresip phone(PracticeServer server, String user, String password)
            throws IOException, InterruptedException {
        var at = server.locals().getFirst().address().toString();
        return added(Baresip.registered(directory, user, password, at));
    }

    private Baresip added(Baresip made) {
        phones.add(made);
        return made;
    }

    private Baresip alice(PracticeServer server) throws IOException, InterruptedException {
        return phone(server, "alice", "wonderland");
    }

    private Baresip bob(PracticeServer server) throws IOException, InterruptedException {
        return phone(server, "bob", "builder");
    }

    @Test
    void registersCallsAndHolds() throws Exception {
        var judged =
                against(server -> {
                    var alice = alice(server);
                    alice.command("dial", server.uri("answer"));
                    alice.await("CALL_ESTABLISHED");
                    alice.command("hold", "");
                    alice.await("CALL_REMOTE_SDP");
                    alice.command("resume", "");
                    alice.await("CALL_REMOTE_SDP");
                    alice.command("hangup", "");
                    alice.await("CALL_CLOSED");
                });
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.succeeded()).isEqualTo(2);
    }

    @Test
    void registersAndCallsOverTcp() throws Exception {
        var judged =
                against(server -> {
                    var at = server.locals().get(1).address() + ";transport=tcp";
                    var alice = added(Baresip.registered(directory, "alice", "wonderland", at));
                    alice.command("dial", "sip:answer@" + at);
                    alice.await("CALL_ESTABLISHED");
                    alice.command("hangup", "");
                    alice.await("CALL_CLOSED");
                });
        assertThat(judged.faults()).as(judged.text()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"busy", "decline", "notfound"})
    void isRefused(String number) throws Exception {
        var judged =
                against(server -> {
                    var alice = alice(server);
                    alice.command("dial", server.uri(number));
                    alice.await("CALL_CLOSED");
                });
        assertThat(judged.faults()).as(judged.text()).doesNotContain("refer-no-notify");
    }

    @Test
    void isTransferredByPractice() throws Exception {
        var judged =
                against(server -> {
                    var alice = alice(server);
                    alice.command("dial", server.uri("transfer-me"));
                    alice.await("CALL_ESTABLISHED");
                    alice.await("\"TRANSFER\"");
                    alice.await("CALL_ESTABLISHED");
                    alice.command("hangup", "");
                    alice.await("CALL_CLOSED");
                });
        assertThat(judged.faults()).as(judged.text()).isSubsetOf(OF_BARESIP);
        assertThat(judged.text()).contains("\"transfer\": 1");
    }

    @Test
    void transfersPractice() throws Exception {
        var judged =
                against(server -> {
                    var alice = alice(server);
                    alice.command("dial", server.uri("answer"));
                    alice.await("CALL_ESTABLISHED");
                    alice.command("transfer", server.uri("echo"));
                    alice.await("Call transfered");
                });
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.text()).contains("\"transfer\": 1");
    }

    @Test
    void holdsAnotherThroughPractice() throws Exception {
        var judged =
                against(server -> {
                    var bob = bob(server);
                    var alice = alice(server);
                    alice.command("dial", server.uri("bob"));
                    alice.await("CALL_ESTABLISHED");
                    bob.await("CALL_ESTABLISHED");
                    alice.command("hold", "");
                    bob.awaitWords("a=sendonly");
                    alice.awaitWords("a=recvonly");
                    alice.command("resume", "");
                    bob.await("CALL_REMOTE_SDP");
                    bob.command("hangup", "");
                    alice.await("CALL_CLOSED");
                });
        assertThat(judged.faults()).as(judged.text()).isEmpty();
    }

    @Test
    void transfersAnotherToANumber() throws Exception {
        var judged =
                against(server -> {
                    var bob = bob(server);
                    var alice = alice(server);
                    alice.command("dial", server.uri("bob"));
                    alice.await("CALL_ESTABLISHED");
                    bob.await("CALL_ESTABLISHED");
                    alice.command("transfer", server.uri("answer"));
                    alice.await("Call transfered");
                    bob.await("CALL_REMOTE_SDP");
                    bob.command("hangup", "");
                    bob.awaitWords("BYE sip:");
                });
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.text()).contains("\"transfer\": 1");
    }

    @Test
    void transfersAnotherToAThird() throws Exception {
        var judged =
                against(server -> {
                    var carol = phone(server, "carol", "singer");
                    var bob = bob(server);
                    var alice = alice(server);
                    alice.command("dial", server.uri("bob"));
                    alice.await("CALL_ESTABLISHED");
                    alice.command("transfer", server.uri("carol"));
                    alice.await("Call transfered");
                    carol.await("CALL_ESTABLISHED");
                    carol.command("hangup", "");
                    bob.await("CALL_CLOSED");
                });
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.text()).contains("\"transfer\": 1");
    }

    @Test
    void keepsTheCallWhereTheTargetIsBusy() throws Exception {
        var judged =
                against(server -> {
                    var bob = bob(server);
                    var alice = alice(server);
                    alice.command("dial", server.uri("bob"));
                    alice.await("CALL_ESTABLISHED");
                    alice.command("transfer", server.uri("busy"));
                    alice.await("TRANSFER_FAILED");
                    alice.command("hangup", "");
                    bob.await("CALL_CLOSED");
                });
        assertThat(judged.faults()).as(judged.text()).isEmpty();
    }

    private Session probe(String what, Baresip whom, String... more) {
        var all =
                new ArrayList<>(
                        List.of(
                                "probe",
                                what,
                                "sip:bob@127.0.0.1:" + whom.port(),
                                "--save",
                                saved.toString()));
        all.addAll(List.of(more));
        return Session.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void isAskedAndCalledByTheProbe(String transport) throws Exception {
        var bob = added(Baresip.alone(directory, "bob"));
        var ping = probe("options", bob, "--transport", transport);
        assertThat(ping.code()).as(ping.err()).isZero();
        assertThat(Judged.of(saved).faults()).isEmpty();
        var call = probe("call", bob, "--transport", transport);
        assertThat(call.code()).as(call.err()).isZero();
        assertThat(Judged.of(saved).faults()).isEmpty();
    }

    private Session transfer(String number, String... more) throws Exception {
        try (var server =
                PracticeServer.on(Programs.HERE, 0)
                        .practice(Practice.Plan.DEFAULT.opened())
                        .start()) {
            var all = new ArrayList<>(List.of("--to", server.uri(number)));
            all.addAll(List.of(more));
            var bob = added(Baresip.alone(directory, "bob"));
            return probe("transfer", bob, all.toArray(String[]::new));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"answer", "busy"})
    void isTransferredByTheProbe(String number) throws Exception {
        var transfer = transfer(number);
        assertThat(transfer.code())
                .as(transfer.out() + transfer.err())
                .isEqualTo(number.equals("busy") ? 6 : 0);
        assertThat(Judged.of(saved).faults()).isSubsetOf(OF_BARESIP);
    }

    /// It calls the URI of Refer-To and leaves Replaces out: it does not list `replaces`.
    @Test
    void doesNotKnowReplaces() throws Exception {
        var transfer = transfer("answer", "--attended");
        assertThat(transfer.code()).as(transfer.out() + transfer.err()).isEqualTo(1);
        assertThat(transfer.out()).contains("480");
        assertThat(Judged.of(saved).faults()).isSubsetOf(OF_BARESIP);
    }
}
