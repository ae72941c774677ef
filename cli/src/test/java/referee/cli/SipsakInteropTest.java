// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import referee.evidence.PcapWriter;
import referee.practice.Practice;
import referee.practice.PracticeServer;

/// sipsak against practice. Without `-u` it takes `alice@` for the user's name.
@Timeout(180)
class SipsakInteropTest {
    @TempDir Path directory;

    @BeforeEach
    void isInstalled() {
        Programs.assume("sipsak");
    }

    private Judged against(String user, int code, String... options)
            throws IOException, InterruptedException {
        var saved = directory.resolve("saved.pcap");
        try (var file = Files.newOutputStream(saved);
                var server =
                        PracticeServer.on(Programs.HERE, 0)
                                .practice(Practice.Plan.DEFAULT.withMd5Only())
                                .witness(new PcapWriter(file))
                                .start()) {
            var command = new ArrayList<>(List.of("sipsak", "-vv"));
            command.addAll(List.of(options));
            command.addAll(List.of("-s", server.uri(user)));
            try (var sipsak = Program.start(directory, command)) {
                assertThat(sipsak.exit()).as(sipsak.output()).isEqualTo(code);
            }
        }
        return Judged.of(saved);
    }

    @Test
    void findsItAlive() throws Exception {
        var judged = against("practice", 0);
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.succeeded()).isEqualTo(1);
    }

    @Test
    void registersWithDigest() throws Exception {
        var judged =
                against(
                        "alice",
                        0,
                        "-U",
                        "-i",
                        "-C",
                        "sip:alice@127.0.0.1:9",
                        "-u",
                        "alice",
                        "-a",
                        "wonderland",
                        "-x",
                        "120");
        assertThat(judged.faults()).as(judged.text()).isEmpty();
        assertThat(judged.text()).contains("\"registration\": 1");
    }

    @Test
    void isRefusedWithAWrongPassword() throws Exception {
        var judged =
                against(
                        "alice",
                        2,
                        "-U",
                        "-i",
                        "-C",
                        "sip:alice@127.0.0.1:9",
                        "-u",
                        "alice",
                        "-a",
                        "looking-glass",
                        "-x",
                        "120");
        assertThat(judged.faults()).as(judged.text()).containsExactly("credentials-rejected");
    }

    @Test
    void isToldThatTheIntervalIsTooShort() throws Exception {
        against(
                "alice",
                1,
                "-U",
                "-i",
                "-C",
                "sip:alice@127.0.0.1:9",
                "-u",
                "alice",
                "-a",
                "wonderland",
                "-x",
                "30");
    }
}
