// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several files are one piece of evidence.
class MergeTest {
    private static final String ACTORS =
            """
            actor a 192.0.2.10
            actor p 192.0.2.1
            actor b 192.0.2.20
            """;

    @TempDir Path folder;

    private String file(String name, String trace) throws IOException {
        return Files.writeString(folder.resolve(name), ACTORS + trace).toString();
    }

    @Test
    void aCallThatGoesOnInTheNextFileIsOneStory() throws IOException {
        var first =
                file(
                        "1.trace",
                        """
                        0 a -> b INVITE
                        1 b -> a 200 INVITE
                        1.1 a -> b ACK
                        """);
        var second =
                file(
                        "2.trace",
                        """
                        2 a -> b BYE
                            CSeq: 2 BYE
                            From: <sip:a@192.0.2.10>;tag=a-1
                            To: <sip:b@192.0.2.20>;tag=b-1
                        2.1 b -> a 200 BYE
                            CSeq: 2 BYE
                            From: <sip:a@192.0.2.10>;tag=a-1
                            To: <sip:b@192.0.2.20>;tag=b-1
                        """);

        var shown = Session.run("show", second, first).text();
        assertThat(shown).containsOnlyOnce("Call-ID ");
        assertThat(shown.indexOf("BYE")).isGreaterThan(shown.indexOf("INVITE"));
        assertThat(shown).contains("· " + first, "· " + second);
    }

    @Test
    void aFindingNamesTheInputAndItsFrames() throws IOException {
        var quiet = file("quiet.trace", "0 a -> p OPTIONS call=9\n0.1 p -> a 200 OPTIONS call=9\n");
        var lost =
                file(
                        "lost.trace",
                        """
                        0.000 a -> b INVITE
                        4.000 b -> a 200 INVITE
                        4.500 b -> a 200 INVITE again
                        5.500 b -> a 200 INVITE again
                        7.500 b -> a 200 INVITE again
                        60 end
                        """);

        assertThat(Session.run("diagnose", "--format", "json", quiet, lost).out())
                .contains("\"input\": \"" + lost + "\"")
                .contains("\"fault\": \"ack-lost\"");
    }

    @Test
    void icmpErrorsOfOneOfSeveralInputsAreProofOfItsFindings() throws IOException {
        var quiet = file("quiet.trace", "0 a -> p OPTIONS call=9\n0.1 p -> a 200 OPTIONS call=9\n");
        var dead =
                file(
                        "dead.trace",
                        """
                        0.0 a -> b INVITE
                        0.1 icmp port a -> b by b frame=2
                        0.5 a -> b INVITE again frame=3
                        0.6 icmp port a -> b by b frame=4
                        40 end
                        """);
        for (var inputs : new String[][] {{dead}, {quiet, dead}, {dead, quiet}}) {
            var command = new ArrayList<>(List.of("diagnose", "--format", "json"));
            command.addAll(List.of(inputs));
            assertThat(Session.run(command.toArray(String[]::new)).out())
                    .contains("said by ICMP, 2 times, that the port is unreachable")
                    .containsPattern("\"frames\": \\[\\s*1,\\s*2,\\s*3,\\s*4\\s*\\]");
        }
    }

    @Test
    void aCaptureOfATraceHoldsItsIcmpErrors() throws IOException {
        var trace =
                file(
                        "dead.trace",
                        "0.0 a -> b INVITE\n0.1 icmp port a -> b by b\n0.5 a -> b INVITE again\n0.6 icmp port a -> b by b\n40 a -> b OPTIONS call=9\n");
        var capture = folder.resolve("dead.pcap").toString();
        for (var call : new String[][] {{}, {"--call", "1@192.0.2.10"}}) {
            var command =
                    new ArrayList<>(List.of("show", trace, "--as", "pcap", "--output", capture));
            command.addAll(List.of(call));
            assertThat(Session.run(command.toArray(String[]::new)).code()).isZero();
            assertThat(Session.run("show", capture, "--as", "trace").text())
                    .containsPattern("0.100 icmp port .* frame=2")
                    .containsPattern("0.600 icmp port .* frame=4");
        }
        assertThat(Session.run("diagnose", capture, trace).out())
                .contains("said by ICMP, 2 times, that the port is unreachable");
    }

    @Test
    void whatTwoTapsSawIsOnePacketEach() throws IOException {
        var one = file("one.trace", "0.000 a -> b OPTIONS\n0.100 b -> a 200 OPTIONS\n");
        var other = file("other.trace", "0.045 a -> b OPTIONS\n0.145 b -> a 200 OPTIONS\n");

        var shown = Session.run("show", one, other).text();
        assertThat(shown.lines().filter(line -> line.contains("OPTIONS sip:"))).hasSize(1);
        assertThat(shown.lines().filter(line -> line.contains("SIP/2.0 200"))).hasSize(1);
    }

    @Test
    void aFileThatEndsProvesNoSilence() throws IOException {
        var ends = file("ends.trace", "0 a -> b INVITE\n0.5 a -> b INVITE again\n");
        var goesOn =
                file("on.trace", "0 a -> p OPTIONS call=9\n300 a -> p OPTIONS call=10\n400 end\n");

        assertThat(Session.run("diagnose", "--format", "json", ends).out())
                .contains("\"pending\": 1");
        assertThat(Session.run("diagnose", "--format", "json", ends, goesOn).out())
                .contains("\"pending\": 1");
    }

    @Test
    void aFileThatGoesOnBetweenTheSameHostsDoes() throws IOException {
        var ends = file("ends.trace", "0 a -> b INVITE\n0.5 a -> b INVITE again\n");
        var goesOn =
                file(
                        "on.trace",
                        """
                        1 a -> b OPTIONS call=9
                        1.1 b -> a 200 OPTIONS call=9
                        300 end
                        """);

        assertThat(Session.run("diagnose", "--format", "json", ends, goesOn).out())
                .contains("\"pending\": 0");
    }

    @Test
    void filesOfDifferentDaysLeaveNoGap() throws IOException {
        var monday =
                file("monday.trace", "0 a -> b INVITE\n0.1 b -> a 486 INVITE\n0.2 a -> b ACK\n");
        var friday =
                file(
                        "friday.trace",
                        "start 2026-01-09T00:00:00Z\n0 a -> b OPTIONS call=7\n0.1 b -> a 200 OPTIONS call=7\n");

        assertThat(Session.run("diagnose", friday, monday).out()).doesNotContain("jumps");
    }

    @Test
    void callsOfDifferentFilesThatShareACallIdStayApart() throws IOException {
        var one = file("one.trace", "0 a -> b INVITE\n1 b -> a 200 INVITE\n1.1 a -> b ACK\n");
        var other =
                file(
                        "other.trace",
                        "start 2026-01-01T01:00:00Z\n0 a -> b INVITE\n1 b -> a 486 INVITE\n1.1 a -> b ACK\n");

        assertThat(Session.run("diagnose", "--format", "json", one, other).out())
                .contains("\"stories\": 2");
    }

    @Test
    void aSourceThatGoesOnWhileAStoryIsJudgedProvesSilence() throws IOException {
        var lost =
                file(
                        "lost.trace",
                        """
                        0 a -> b INVITE
                        0.5 a -> b INVITE again
                        300 a -> b OPTIONS call=9
                        300.1 b -> a 200 OPTIONS call=9
                        """);
        var other = file("other.trace", "0 a -> p OPTIONS call=10\n400 a -> p OPTIONS call=11\n");

        assertThat(Session.run("diagnose", lost, other).out()).contains("invite-no-response");
    }

    @Test
    void theOrderOfTheNamesDoesNotMatter() throws IOException {
        var one = file("one.trace", "0 a -> p INVITE\n0.5 p -> a 486 INVITE\n0.6 a -> p ACK\n");
        var other =
                file("other.trace", "0.1 p -> b OPTIONS call=2\n0.2 b -> p 200 OPTIONS call=2\n");

        assertThat(Session.run("show", one, other).text())
                .isEqualTo(Session.run("show", other, one).text());
    }

    @Test
    void manyFilesNeedNotBeOpenAtOnce() throws IOException {
        var names = new String[201];
        names[0] = "diagnose";
        for (var i = 1; i <= 200; i++) {
            names[i] =
                    file(
                            i + ".trace",
                            i
                                    + " a -> b OPTIONS call="
                                    + i
                                    + "\n"
                                    + i
                                    + ".1 b -> a 200 OPTIONS call="
                                    + i
                                    + "\n");
        }

        assertThat(Session.run(names).out()).contains("200 other exchanges: 200 succeeded");
    }
}
