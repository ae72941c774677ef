// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The command's options about where and how it listens.
class PracticeCommandTest {
    @TempDir Path directory;

    private static Session practice(String... more) {
        var all = new java.util.ArrayList<>(java.util.List.of("practice", "--for", "0"));
        all.addAll(java.util.List.of(more));
        return Session.run(all.toArray(String[]::new));
    }

    @Test
    void listensForEveryTransportWithACertificateOfItsOwn() throws IOException {
        var file = directory.resolve("practice.pem");
        var session =
                practice(
                        "--listen",
                        "127.0.0.1:0",
                        "--tls",
                        "--cert-to",
                        file.toString(),
                        "--websocket",
                        "0",
                        "--secure-websocket",
                        "0");
        assertThat(session.code()).as(session.err()).isZero();
        assertThat(session.err())
                .contains("listening on UDP 127.0.0.1:")
                .contains("listening on TCP 127.0.0.1:")
                .contains("listening on TLS 127.0.0.1:")
                .contains("listening on WS 127.0.0.1:")
                .contains("listening on WSS 127.0.0.1:");
        assertThat(Files.readString(file))
                .startsWith("-----BEGIN CERTIFICATE-----\n")
                .doesNotContain("KEY");
    }

    @Test
    void saysWhatIsWrongWithItsOptions() {
        assertThat(practice("--secure-websocket", "0").err()).contains("add --tls");
        assertThat(practice("--cert", "a.p12", "--cert-to", "b.pem").err())
                .contains("give one of the two");
        assertThat(practice("--listen", "0.0.0.0:0").err()).contains("no phone can call that back");
        var missing = practice("--listen", "127.0.0.1:0", "--cert", "missing.p12");
        assertThat(missing.code()).isEqualTo(2);
        assertThat(missing.err()).contains("missing.p12 — there is no such file");
    }
}
