// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import referee.evidence.PcapWriter;
import referee.practice.Practice;
import referee.practice.PracticeServer;

/// SIPp against practice, with practice between two of them, and the probe against SIPp. What
/// practice or the probe saw is judged.
@Timeout(180)
class SippInteropTest {
    @TempDir Path directory;
    private Path saved;

    @BeforeEach
    void beginHere() {
        Programs.assume("sipp");
        saved = directory.resolve("saved.pcap");
    }

    private PracticeServer practice(OutputStream file, Practice.Plan plan) throws IOException {
        return PracticeServer.on(Programs.HERE, 0)
                .practice(plan)
                .witness(new PcapWriter(file))
                .start();
    }

    private static String udp(PracticeServer server) {
        return server.locals().getFirst().address().toString();
    }

    private static String tcp(PracticeServer server) {
        return server.locals().get(1).address().toString();
    }

    private void run(String... arguments) throws IOException, InterruptedException {
        try (var sipp = Sipp.start(directory, Programs.freePort(), arguments)) {
            assertThat(sipp.exit()).as(sipp.output()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"u1", "un", "t1", "tn"})
    void callsWithItsStockClient(String transport) throws Exception {
        try (var file = Files.newOutputStream(saved);
                var server = practice(file, Practice.Plan.DEFAULT.opened())) {
            var whom = transport.startsWith("u") ? udp(server) : tcp(server);
            run(
                    "-sn",
                    "uac",
                    "-t",
                    transport,
                    "-max_socket",
                    "100",
                    "-s",
                    "answer",
                    "-m",
                    "5",
                    "-r",
                    "10",
                    "-d",
                    "200",
                    whom);
        }
        var judged = Judged.of(saved);
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.succeeded()).isEqualTo(5);
    }

    /// Needs raw sockets, for media from its recordings.
    @Test
    void callsWithItsClientThatSendsMedia() throws Exception {
        var recordings = Path.of("/usr/share/sip-tester");
        assumeTrue(Files.isDirectory(recordings), "the recordings of SIPp are not installed");
        var copies = Files.createDirectory(directory.resolve("pcap"));
        for (var one : List.of("g711a.pcap", "dtmf_2833_1.pcap"))
            Files.copy(recordings.resolve(one), copies.resolve(one));
        try (var file = Files.newOutputStream(saved);
                var server = practice(file, Practice.Plan.DEFAULT.opened());
                var sipp =
                        Sipp.start(
                                directory,
                                Programs.freePort(),
                                "-sn",
                                "uac_pcap",
                                "-s",
                                "answer",
                                "-m",
                                "1",
                                udp(server))) {
            var code = sipp.exit();
            assumeTrue(!sipp.output().contains("raw"), "SIPp may not open raw sockets");
            assertThat(code).as(sipp.output()).isZero();
        }
        var judged = Judged.of(saved);
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.succeeded()).isEqualTo(1);
    }

    @Test
    void registersWithDigest() throws Exception {
        try (var file = Files.newOutputStream(saved);
                var server = practice(file, Practice.Plan.DEFAULT.withMd5Only())) {
            var contact = Programs.freePort();
            assertThat(Sipp.register(directory, udp(server), "alice", "wonderland", contact))
                    .isZero();
        }
        var judged = Judged.of(saved);
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.succeeded()).isEqualTo(1);
    }

    @Test
    void isRefusedWithAWrongPassword() throws Exception {
        try (var file = Files.newOutputStream(saved);
                var server = practice(file, Practice.Plan.DEFAULT.withMd5Only())) {
            var contact = Programs.freePort();
            assertThat(Sipp.register(directory, udp(server), "alice", "looking-glass", contact))
                    .isEqualTo(1);
        }
        assertThat(Judged.of(saved).faults()).containsExactly("credentials-rejected");
    }

    /// The client that reads the user of the origin line takes letters and digits only: it cannot
    /// call practice's own numbers, which say `-` as RFC 8866 has it, but the other SIPp.
    @ParameterizedTest
    @ValueSource(strings = {"uac", "regexp"})
    void callsItsStockServerThroughPractice(String scenario) throws Exception {
        var port = Programs.freePort();
        try (var file = Files.newOutputStream(saved);
                var server = practice(file, Practice.Plan.DEFAULT.opened());
                var _ = Sipp.uas(directory, port)) {
            assertThat(Sipp.registerOpenly(directory, udp(server), "ua2", port)).isZero();
            run("-sn", scenario, "-s", "ua2", "-m", "3", "-r", "5", "-d", "200", udp(server));
        }
        var judged = Judged.of(saved);
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.succeeded()).isEqualTo(7);
    }

    /// Registers and calls in one Call-ID.
    @Test
    void registersAndCallsWithItsBranchingClient() throws Exception {
        var port = Programs.freePort();
        try (var file = Files.newOutputStream(saved);
                var server = practice(file, Practice.Plan.DEFAULT.opened());
                var _ = Sipp.uas(directory, port)) {
            assertThat(Sipp.registerOpenly(directory, udp(server), "ua2", port)).isZero();
            run("-sn", "branchc", "-m", "1", udp(server));
        }
        var judged = Judged.of(saved);
        assertThat(judged.faults()).as(judged.text()).isEmpty();
    }

    /// Controllers that call A without an offer, B with the offer of A, and bring A the answer.
    @Test
    void joinsTwoNumbersWithItsThirdPartyControllers() throws Exception {
        var twin = "127.0.0.1:" + Programs.freePort();
        try (var file = Files.newOutputStream(saved);
                var server = practice(file, Practice.Plan.DEFAULT.opened());
                var second = controller("3pcc-C-B", twin, server)) {
            second.awaitPort(second.port());
            try (var first = controller("3pcc-C-A", twin, server)) {
                assertThat(first.program().exit()).as(first.program().output()).isZero();
            }
            second.program().exit();
        }
        var judged = Judged.of(saved);
        // the INVITE of controller B says Contact twice
        assertThat(judged.faults()).as(judged.text()).containsExactly("missing-contact-in-2xx");
    }

    private record Controller(Program program, int port) implements AutoCloseable {
        void awaitPort(int wanted) throws InterruptedException {
            program.awaitPort(wanted);
        }

        @Override
        public void close() {
            program.close();
        }
    }

    private Controller controller(String scenario, String twin, PracticeServer server)
            throws IOException {
        var port = Programs.freePort();
        var program =
                Sipp.start(
                        directory,
                        port,
                        "-sn",
                        scenario,
                        "-3pcc",
                        twin,
                        "-s",
                        "answer",
                        "-m",
                        "2",
                        "-r",
                        "5",
                        udp(server));
        return new Controller(program, port);
    }

    private Session probe(String what, int port, String... more) {
        var all = new ArrayList<String>();
        all.add("probe");
        all.add(what);
        all.add("sip:service@127.0.0.1:" + port);
        all.add("--save");
        all.add(saved.toString());
        all.addAll(List.of(more));
        return Session.run(all.toArray(String[]::new));
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void isCalledByTheProbe(String transport) throws Exception {
        var port = Programs.freePort();
        try (var sipp =
                Sipp.start(
                        directory,
                        port,
                        "-sn",
                        "uas",
                        "-t",
                        transport.equals("udp") ? "u1" : "t1")) {
            if (transport.equals("udp")) sipp.awaitPort(port);
            else sipp.awaitConnection(port);
            var call = probe("call", port, "--transport", transport);
            assertThat(call.code()).as(call.err()).isZero();
        }
        assertThat(Judged.of(saved).faults()).isEmpty();
    }

    /// Its stock server knows no method but INVITE, ACK, BYE: it says nothing.
    @Test
    void leavesAPingUnanswered() throws Exception {
        var port = Programs.freePort();
        try (var _ = Sipp.uas(directory, port)) {
            assertThat(probe("options", port, "--timeout", "3").code()).isEqualTo(5);
        }
        assertThat(Judged.of(saved).faults()).isEmpty();
    }

    /// Only while it is a client: its servers cannot have such a scenario.
    @Test
    void answersAPingWithItsOutOfCallScenario() throws Exception {
        var port = Programs.freePort();
        try (var server =
                        PracticeServer.on(Programs.HERE, 0)
                                .practice(Practice.Plan.DEFAULT.opened())
                                .start();
                var sipp =
                        Sipp.start(
                                directory,
                                port,
                                "-sn",
                                "uac",
                                "-oocsn",
                                "ooc_default",
                                "-s",
                                "answer",
                                "-m",
                                "1",
                                "-d",
                                "20000",
                                udp(server))) {
            sipp.awaitPort(port);
            var ping = probe("options", port);
            assertThat(ping.code()).as(ping.err() + sipp.output()).isZero();
        }
        assertThat(Judged.of(saved).faults()).isEmpty();
    }

    @Test
    void breaksTheCallAtAReferAndTheProbeSaysSo() throws Exception {
        var port = Programs.freePort();
        try (var _ = Sipp.uas(directory, port)) {
            var transfer =
                    probe("transfer", port, "--to", "sip:service@127.0.0.1:9", "--timeout", "4");
            assertThat(transfer.code()).as(transfer.err()).isNotZero();
            assertThat(transfer.out()).contains("REFER");
        }
    }

    /// Its 200 lists no binding, so nobody knows whether there is one (RFC 3261 §10.3).
    @Test
    void itsBranchingServerGrantsNoBinding() throws Exception {
        var port = Programs.freePort();
        try (var sipp = Sipp.start(directory, port, "-sn", "branchs")) {
            sipp.awaitPort(port);
            var registration =
                    Session.run(
                            "probe",
                            "register",
                            "sip:ua1@127.0.0.1:" + port,
                            "--save",
                            saved.toString());
            assertThat(registration.code()).as(registration.err()).isEqualTo(1);
            assertThat(registration.out()).contains("our Contact is not among the bindings");
        }
    }
}
