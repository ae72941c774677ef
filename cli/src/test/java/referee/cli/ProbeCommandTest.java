// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import referee.agent.Agent;
import referee.agent.Application;
import referee.agent.Wiring;
import referee.sip.Transport;
import referee.stack.Event;
import referee.stack.Notice;
import referee.stack.Reply;

/// The command against an agent on loopback that answers as a test says.
class ProbeCommandTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    private static final Application HELPFUL =
            (agent, at, event) ->
                    switch (event) {
                        case Event.Invited(var job, _, _, _) -> agent.reply(at, job, Reply.of(200));
                        case Event.Referred(var job, _, _, _) -> {
                            var outputs =
                                    new java.util.ArrayList<>(agent.reply(at, job, Reply.of(202)));
                            outputs.addAll(
                                    agent.notify(
                                            at,
                                            job,
                                            Notice.sipfrag(
                                                    200, "OK", "terminated;reason=noresource")));
                            yield outputs;
                        }
                        default -> List.of();
                    };

    @TempDir Path directory;

    private static Application answering(Reply reply) {
        return (agent, at, event) ->
                switch (event) {
                    case Event.Invited(var job, _, _, _) -> agent.reply(at, job, reply);
                    case Event.Asked(var job, _, _) -> agent.reply(at, job, reply);
                    default -> List.of();
                };
    }

    private static Session against(Application peer, String what, String... more)
            throws IOException {
        try (var far =
                Agent.on(Wiring.none().listen(Transport.UDP, ANY))
                        .setup(locals ->
                                referee.stack.Setup.of(locals)
                                        .user("sip:far@127.0.0.1")
                                        .serves("INVITE", "REFER", "REGISTER"))
                        .application(peer)
                        .start()) {
            var port = far.locals().getFirst().address().port();
            var all =
                    new java.util.ArrayList<>(List.of("probe", what, "sip:bob@127.0.0.1:" + port));
            if (what.equals("call") || what.equals("transfer")) all.addAll(List.of("--talk", "0"));
            all.addAll(List.of(more));
            return Session.run(all.toArray(String[]::new));
        }
    }

    @Test
    void pingsCallsAndTransfersWithExitCode0() throws IOException {
        assertThat(against(HELPFUL, "options").code()).isZero();
        var call = against(HELPFUL, "call");
        assertThat(call.code()).isZero();
        assertThat(call.out()).startsWith("SUCCEEDED  call").doesNotContain("finding");
        assertThat(call.err()).contains("INVITE").contains("BYE");
        var transfer = against(HELPFUL, "transfer", "--to", "sip:carol@127.0.0.1:9");
        assertThat(transfer.code()).as(transfer.err()).isZero();
        assertThat(transfer.out()).contains("the target answered with 200");
    }

    @Test
    void tellsBusyFromRejectedByTheExitCode() throws IOException {
        assertThat(against(answering(Reply.of(486)), "call").code()).isEqualTo(6);
        assertThat(against(answering(Reply.of(404)), "call").code()).isEqualTo(3);
    }

    @Test
    void saysThatCredentialsWereRejectedAndNeverShowsThem() throws IOException {
        var file = directory.resolve("accounts");
        Files.writeString(file, "bob * hunter2 secret\n");
        var challenge =
                Reply.of(401)
                        .with("WWW-Authenticate", "Digest realm=\"r\", nonce=\"n1\", qop=\"auth\"");
        var session = against(answering(challenge), "register", "--credentials", file.toString());
        assertThat(session.code()).as(session.err()).isEqualTo(4);
        assertThat(session.out() + session.err()).doesNotContain("hunter2");
    }

    @Test
    void givesUpInTime() throws IOException {
        var session = against(answering(Reply.of(180)), "call", "--timeout", "1");
        assertThat(session.code()).isEqualTo(5);
        assertThat(session.err()).contains("CANCEL");
    }

    @Test
    void saysThatNobodyListensThere() throws IOException {
        int port;
        try (var socket = new DatagramSocket(ANY)) {
            port = socket.getLocalPort();
        }
        var session = Session.run("probe", "options", "sip:127.0.0.1:" + port);
        assertThat(session.code()).isEqualTo(7);
        assertThat(session.out()).contains("nobody listens there");
    }

    @Test
    void refusesACommandLineThatIsWrong() {
        assertRefused("bob is no SIP URI", "call", "bob");
        assertRefused("--to", "transfer", "sip:bob@127.0.0.1");
        assertRefused("--timeout is 1 to 3600 seconds", "options", "sip:h", "--timeout", "0");
        assertRefused("the proxy: there is no", "call", "sip:h", "--proxy", "there");
        assertRefused("says transport=tcp", "call", "sip:h;transport=tcp", "--transport", "wss");
        assertRefused("dance", "dance", "sip:bob@127.0.0.1");
        assertThat(Session.run("probe").code()).isEqualTo(2);
    }

    @Test
    void takesOnlyWhatFitsTheKindOfProbe() {
        assertRefused("--to", "call", "sip:h", "--to", "sip:carol@h");
        assertRefused("--attended", "register", "sip:h", "--attended");
        assertRefused("--talk", "options", "sip:h", "--talk", "1");
        assertRefused("--registrar", "call", "sip:h", "--registrar", "sip:r");
        assertRefused("--repeat", "transfer", "sip:h", "--to", "sip:i", "--repeat", "2");
    }

    @Test
    void keepsALoadWithinItsCap() {
        assertRefused("--allow-high-rate", "call", "sip:h", "--repeat", "9", "--rate", "101");
        assertRefused("for --repeat", "call", "sip:h", "--rate", "5");
        assertRefused("--repeat is 1 to", "call", "sip:h", "--repeat", "0");
        assertRefused("--rate is 0.01", "call", "sip:h", "--repeat", "9", "--rate", "NaN");
        assertRefused(
                "--concurrent is 1 to", "call", "sip:h", "--repeat", "9", "--concurrent", "0");
    }

    @Test
    void reportsALoadInEveryForm() throws IOException {
        var load = List.of("--repeat", "3", "--rate", "50");
        var text = against(HELPFUL, "call", load.toArray(String[]::new));
        assertThat(text.code()).as(text.err()).isZero();
        assertThat(text.out())
                .startsWith("LOAD  call")
                .contains("3 of 3 begun")
                .contains("(wanted: 50)")
                .containsPattern("succeeded +3");
        var monitored = against(HELPFUL, "options", "--repeat", "2", "--rate", "50", "--nagios");
        assertThat(monitored.out()).startsWith("SIP load OK - 2 of 2 options probes succeeded");
        var junit =
                against(
                        answering(Reply.of(404)),
                        "call",
                        "--repeat",
                        "2",
                        "--rate",
                        "50",
                        "--format",
                        "junit");
        assertThat(junit.code()).isEqualTo(3);
        assertThat(junit.out()).contains("rejected: 2 of 2").contains("failures=\"1\"");
    }

    @Test
    void savesALoadToo() throws IOException {
        var file = directory.resolve("load.pcap");
        var session =
                against(
                        HELPFUL,
                        "call",
                        "--repeat",
                        "2",
                        "--rate",
                        "50",
                        "--save",
                        file.toString());
        assertThat(session.code()).as(session.err()).isZero();
        assertThat(Session.run("diagnose", file.toString()).out()).contains("2 calls: 2 succeeded");
    }

    private static void assertRefused(String says, String... probe) {
        var all = new java.util.ArrayList<>(List.of("probe"));
        all.addAll(List.of(probe));
        var session = Session.run(all.toArray(String[]::new));
        assertThat(session.code()).as(session.err()).isEqualTo(2);
        assertThat(session.err()).contains(says);
        assertThat(session.err().lines()).as("one line").hasSize(1);
        assertThat(session.out()).isEmpty();
    }

    @Test
    void writesForMonitoringForBuildServersAndForPrograms() throws IOException {
        var ok = against(HELPFUL, "options", "--nagios");
        assertThat(ok.code()).isZero();
        assertThat(ok.out()).startsWith("SIP options OK - ").contains("| time=");
        var bad = against(answering(Reply.of(503)), "call", "--nagios");
        assertThat(bad.code()).isEqualTo(2);
        var junit = against(answering(Reply.of(404)), "call", "--format", "junit");
        assertThat(junit.out()).contains("failures=\"1\"");
        var json = against(HELPFUL, "call", "--format", "json");
        assertThat(json.out())
                .contains("\"outcome\": \"succeeded\"")
                .contains("\"diagnosis\": {")
                .contains("\"exitCode\": 0");
    }

    @Test
    void savesTheIcmpErrorsToo() throws IOException {
        int port;
        try (var socket = new DatagramSocket(ANY)) {
            port = socket.getLocalPort();
        }
        for (var name : List.of("dead.pcap", "dead.trace")) {
            var file = directory.resolve(name).toString();
            var session = Session.run("probe", "options", "sip:127.0.0.1:" + port, "--save", file);
            assertThat(session.code()).isEqualTo(7);
            assertThat(Session.run("show", "--as", "trace", file).text())
                    .as(name)
                    .containsPattern("icmp port \\S+ -> \\S+ by 127.0.0.1\\S* frame=2");
        }
    }

    @Test
    void savesWhatDiagnoseReads() throws IOException {
        var file = directory.resolve("call.pcap");
        assertThat(against(HELPFUL, "call", "--save", file.toString()).code()).isZero();
        var diagnosed = Session.run("diagnose", file.toString());
        assertThat(diagnosed.code()).as(diagnosed.out()).isZero();
        assertThat(diagnosed.out()).contains("1 call: 1 succeeded");
    }
}
