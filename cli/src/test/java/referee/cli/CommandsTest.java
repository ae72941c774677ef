// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.cli.Session.sample;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import referee.practice.Fault;
import referee.practice.Party;
import referee.rules.Rules;

class CommandsTest {
    @Test
    void explainsAFault() {
        var session = Session.run("explain", "stale-loop");

        assertThat(session.code()).isZero();
        assertThat(session.out())
                .startsWith("stale-loop\n")
                .contains("\nWhose move\n")
                .doesNotContain("|the server}");
    }

    @Test
    void saysWhereTheTopicsAreWhenThereIsNone() {
        var session = Session.run("explain", "zebra");

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains("referee faults");
    }

    @Test
    void namesTheNearestTopicsForAWordThatIsNone() {
        var session = Session.run("explain", "refer-no-notfy");

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains("did you mean").contains("refer-no-notify");
    }

    @Test
    void listsFaultsByFamilyAndByWords() {
        assertThat(Session.run("faults").out().lines()).hasSameSizeAs(Rules.ALL);
        assertThat(Session.run("faults", "--flow", "auth").out().lines())
                .isNotEmpty()
                .allMatch(line -> line.contains(" auth "));
        assertThat(Session.run("faults", "--search", "stale nonce").out()).contains("stale-loop");
        assertThat(Session.run("faults", "--search", "zebra").code()).isEqualTo(2);
    }

    @Test
    void listsTheFaultsOfPracticeByWhoCommitsThem() {
        var session = Session.run("practice", "--list");

        assertThat(session.code()).isZero();
        for (var party : Party.values())
            assertThat(session.out()).contains(party.words() + ", who ");
        for (var fault : Fault.all())
            assertThat(session.out()).contains("\n    " + fault.name() + " ");
        assertThat(session.out().lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void drawsACaseWithItsFindings() {
        assertThat(Session.run("ladder", sample("transfer-without-notify.pcap")).out())
                .isEqualTo(
                        """
                                              192.0.2.10:5060               192.0.2.20:5060
                                              Sample phone 1.0              Sample PBX 2.1
                        10:00:00.000      1   |-INVITE--------------------->|
                        10:00:00.012      2   |<100 Trying (INVITE)---------|
                        10:00:00.180      3   |<180 Ringing (INVITE)--------|
                        10:00:03.420      4   |<200 OK (INVITE)-------------|
                        10:00:03.470      5   |-ACK------------------------>|
                        10:00:15.000      6   |-REFER to carol@192.0.2.30-->|  [1]
                        10:00:15.030      7   |<202 Accepted (REFER)--------|  [1]
                        10:01:15.000      8   |-BYE------------------------>|
                        10:01:15.020      9   |<200 OK (BYE)----------------|

                        [1] high refer-no-notify
                            REFER was accepted with 202 and no NOTIFY came within 32 s
                        """);
    }

    @Test
    void asksWhichCaseToDrawWhenThereAreSeveral() {
        var session = Session.run("ladder", sample("transfer-healthy.pcap"));

        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains("--call").contains("1@192.0.2.10");
    }

    /// A transfer and the call it caused are one case.
    @Test
    void drawsTheReferredCallWithItsTransfer() {
        assertThat(Session.run("ladder", "--call", "1@", sample("transfer-healthy.pcap")).out())
                .contains("192.0.2.30:5060");
    }

    @Test
    void saysWhatEachAnswerMeansWhereItStands() {
        assertThat(
                        Session.run("show", sample("transfer-without-notify.pcap"))
                                .text()
                                .replaceAll("\\s+", " "))
                .contains("accepted, which is not the outcome")
                .contains("next: NOTIFY by 10:00:47.000");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ack-lost",
                "stale-loop",
                "transfer-healthy",
                "transfer-target-busy",
                "transfer-without-notify",
                "trunk-wrong-password"
            })
    void makesEachSampleFromItsRecipe(String name) throws IOException {
        var made = Session.run("show", "--as", "pcap", sample(name + ".trace")).octets();

        assertThat(made).isEqualTo(Files.readAllBytes(Path.of(sample(name + ".pcap"))));
    }

    @Test
    void writesATraceThatIsJudgedTheSame() {
        var trace = Session.run("show", "--as", "trace", sample("ack-lost.pcap")).text();

        assertThat(Session.run(trace.getBytes(UTF_8), "diagnose", "-").out())
                .contains("frames 3, 4, 5, 7")
                .contains("ack-lost");
    }

    @Test
    void showsAnExampleFirst() {
        for (var command : new String[] {"diagnose", "show", "ladder", "explain", "faults"}) {
            assertThat(Session.run(command, "--help").out()).contains("  referee " + command);
        }
        assertThat(Session.run("--version").out()).contains(Referee.VERSION);
    }
}
