// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import referee.evidence.PcapWriter;
import referee.practice.Practice;
import referee.practice.PracticeServer;

/// Other people's programs against practice, on the loopback address: each where it is installed.
/// What went over the wire is diagnosed, and nothing is wrong with it.
class InteropTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();

    @TempDir Path directory;

    @Test
    void sipsakFindsItAlive() throws Exception {
        assumeInstalled("sipsak");
        try (var server = PracticeServer.on(HERE, 0).start()) {
            assertThat(run("sipsak", "-s", server.uri("practice"))).isZero();
        }
    }

    @Test
    void sippCallsItWithItsStockScenario() throws Exception {
        assumeInstalled("sipp");
        var capture = directory.resolve("sipp.pcap");
        try (var file = Files.newOutputStream(capture);
                var server = open(file).start()) {
            var at = server.locals().getFirst().address();
            var code =
                    run(
                            "sipp",
                            "-sn",
                            "uac",
                            "-s",
                            "answer",
                            at.toString(),
                            "-i",
                            "127.0.0.1",
                            "-p",
                            "" + freePort(),
                            "-m",
                            "3",
                            "-r",
                            "10",
                            "-d",
                            "200",
                            "-timeout",
                            "25",
                            "-nostdin");
            assertThat(code).as(output()).isZero();
        }
        assertThat(Session.run("diagnose", capture.toString()).code()).isZero();
    }

    @Test
    void baresipRegistersAndCalls() throws Exception {
        assumeInstalled("baresip");
        var capture = directory.resolve("baresip.pcap");
        var home = Files.createDirectory(directory.resolve("baresip"));
        try (var file = Files.newOutputStream(capture);
                var server = md5(file).start()) {
            configure(home, server);
            run(
                    "baresip",
                    "-f",
                    home.toString(),
                    "-t",
                    "15",
                    "-e",
                    "/dial " + server.uri("answer"));
            assertThat(output()).contains("200 OK").contains("Call established");
        }
        var diagnosed = Session.run("diagnose", "--format", "json", capture.toString());
        assertThat(diagnosed.code()).as(diagnosed.out()).isZero();
        assertThat(diagnosed.out()).contains("\"registration\": 1").contains("\"call\": 1");
    }

    private static void configure(Path home, PracticeServer server) throws IOException {
        Files.writeString(
                home.resolve("config"),
                """
                sip_listen 127.0.0.1:%d
                module_path %s
                module stdio.so
                module g711.so
                module aufile.so
                module_app account.so
                module_app menu.so
                audio_source aufile,%s
                audio_player aufile,/dev/null
                """
                        .formatted(freePort(), modules(), silence(home)));
        var host = server.locals().getFirst().address();
        Files.writeString(
                home.resolve("accounts"),
                "<sip:alice@%s>;auth_pass=wonderland;regint=120%n".formatted(host));
    }

    private static PracticeServer.Plan md5(OutputStream file) {
        return PracticeServer.on(HERE, 0)
                .practice(Practice.Plan.DEFAULT.withMd5Only())
                .witness(new PcapWriter(file));
    }

    /// Ten seconds of silence: 8 kHz, 16 bits, one channel.
    private static Path silence(Path home) throws IOException {
        var octets = 160_000;
        var wave = ByteBuffer.allocate(44 + octets).order(ByteOrder.LITTLE_ENDIAN);
        wave.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt(36 + octets);
        wave.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        wave.putShort((short) 1).putShort((short) 1).putInt(8000).putInt(16_000);
        wave.putShort((short) 2).putShort((short) 16);
        wave.put("data".getBytes(StandardCharsets.US_ASCII)).putInt(octets);
        return Files.write(home.resolve("silence.wav"), wave.array());
    }

    /// Where distributions put the modules of baresip.
    private static String modules() throws IOException {
        for (var root : List.of(Path.of("/usr/lib"), Path.of("/usr/local/lib"))) {
            if (!Files.isDirectory(root)) continue;
            try (var found =
                    Files.find(
                            root,
                            5,
                            (path, _) -> path.endsWith(Path.of("baresip/modules/account.so")))) {
                var first = found.findFirst();
                if (first.isPresent()) return first.get().getParent().toString();
            }
        }
        return "/usr/lib/baresip/modules";
    }

    private static PracticeServer.Plan open(OutputStream file) {
        return PracticeServer.on(HERE, 0)
                .practice(Practice.Plan.DEFAULT.opened())
                .witness(new PcapWriter(file));
    }

    private static int freePort() throws IOException {
        try (var socket = new DatagramSocket(new InetSocketAddress(HERE, 0))) {
            return socket.getLocalPort();
        }
    }

    private static void assumeInstalled(String program) {
        var path = System.getenv().getOrDefault("PATH", "");
        assumeTrue(
                Arrays.stream(path.split(File.pathSeparator, -1))
                        .anyMatch(one -> Files.isExecutable(Path.of(one, program))),
                program + " is not installed");
    }

    /// @return the exit code; -1 if it was ended after half a minute
    private int run(String... command) throws IOException, InterruptedException {
        var process =
                new ProcessBuilder(new ArrayList<>(List.of(command)))
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("output").toFile())
                        .start();
        process.getOutputStream().close();
        if (process.waitFor(30, TimeUnit.SECONDS)) return process.exitValue();
        process.destroyForcibly().waitFor();
        return -1;
    }

    private String output() throws IOException {
        return Files.readString(directory.resolve("output"), StandardCharsets.UTF_8);
    }
}
