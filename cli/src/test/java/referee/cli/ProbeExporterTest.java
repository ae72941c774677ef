// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import referee.agent.Identity;
import referee.agent.Tls;
import referee.practice.PracticeServer;
import referee.sip.Transport;

/// The exporter as a Prometheus server sees it, against practice on loopback.
class ProbeExporterTest {
    private static final InetSocketAddress ANY =
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

    @TempDir Path directory;

    private final List<String> logged = new CopyOnWriteArrayList<>();
    private final CountDownLatch invited = new CountDownLatch(1);
    private final HttpClient http = HttpClient.newHttpClient();
    private PracticeServer server;
    private ProbeExporter exporter;

    @BeforeEach
    void start() throws Exception {
        var identity =
                Identity.selfSigned(List.of("127.0.0.1"), Instant.now(), Duration.ofHours(1));
        Files.writeString(directory.resolve("ca.pem"), identity.pem());
        Files.writeString(directory.resolve("accounts"), "alice practice wonderland\n");
        var file = directory.resolve("modules.yaml");
        Files.writeString(
                file,
                """
                allow: ["127.0.0.1"]
                modules:
                  account:
                    kind: register
                    user: alice
                    credentials: accounts
                  transfer:
                    kind: transfer
                    user: alice
                    credentials: accounts
                    to: sip:echo@127.0.0.1
                    talk: 0
                  patient:
                    kind: call
                    user: alice
                    credentials: accounts
                    timeout: 60
                  secure:
                    kind: register
                    user: alice
                    credentials: accounts
                    transport: tls
                    ca: ca.pem
                """);
        server =
                PracticeServer.on(InetAddress.getLoopbackAddress(), 0)
                        .tls(Tls.DEFAULT.being(identity))
                        .log(line -> {
                            if (line.contains("INVITE")) invited.countDown();
                        })
                        .start();
        exporter = exporter(file, 2);
    }

    private ProbeExporter exporter(Path file, int most) throws IOException {
        var world = Session.world();
        var plan =
                new ProbeExporter.Plan(
                        ANY, ProbeModules.read(file, world), most, Duration.ofMillis(500));
        return ProbeExporter.start(plan, logged::add);
    }

    @AfterEach
    void stop() {
        exporter.close();
        server.close();
        http.shutdownNow();
    }

    private HttpResponse<String> get(String path, String... headers) throws Exception {
        return http.send(request(path, headers), BodyHandlers.ofString());
    }

    private HttpRequest request(String path, String... headers) {
        var request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + exporter.port() + path));
        if (headers.length > 0) request.headers(headers);
        return request.build();
    }

    private static String probe(String module, String target) {
        return "/probe?module=%s&target=%s"
                .formatted(module, URLEncoder.encode(target, StandardCharsets.UTF_8));
    }

    private String at(String user, Transport transport) {
        return user
                + server.locals().stream()
                        .filter(one -> one.transport() == transport)
                        .findFirst()
                        .orElseThrow()
                        .address();
    }

    private String udp(String user) {
        return at(user, Transport.UDP);
    }

    @Test
    void answersWithTheMetricsOfAProbe() throws Exception {
        var answer = get(probe("options", udp("")));

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type").orElseThrow())
                .startsWith("text/plain; version=0.0.4");
        assertThat(answer.body())
                .contains("\nprobe_success 1.0\n")
                .contains("\nprobe_sip_status_code 200.0\n")
                .contains("\nprobe_sip_outcome{outcome=\"succeeded\"} 1.0\n")
                .contains("\nprobe_sip_outcome{outcome=\"timed-out\"} 0.0\n")
                .contains("\nprobe_sip_first_response_seconds ")
                .contains("\nprobe_duration_seconds ")
                .doesNotContain("probe_ssl");
    }

    @Test
    void registersWithTheAccountOfTheModuleAndTellsForHowLong() throws Exception {
        var answer = get(probe("account", udp("")));

        assertThat(answer.body())
                .as(logged.toString())
                .contains("\nprobe_success 1.0\n")
                .contains("\nprobe_sip_expires_seconds ");
    }

    @Test
    void tellsWhenTheCertificateExpires() throws Exception {
        var answer = get(probe("secure", at("", Transport.TLS)));

        assertThat(answer.body())
                .as(logged.toString())
                .contains("\nprobe_success 1.0\n")
                .contains("\nprobe_ssl_earliest_cert_expiry ");
    }

    @Test
    void namesTheFaultsThatTheDiagnosisFinds() throws Exception {
        var answer = get(probe("register", udp("alice@")));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body())
                .contains("\nprobe_success 0.0\n")
                .contains("\nprobe_sip_outcome{outcome=\"credentials-rejected\"} 1.0\n");
        assertThat(logged).hasSize(1);
        var busy = get(probe("patient", udp("busy@")));
        assertThat(busy.body())
                .contains("probe_sip_finding{")
                .contains("fault=\"human-outcome-not-a-fault\"")
                .contains("\nprobe_sip_status_code 486.0\n");
    }

    @Test
    void tellsNobodyASecret() throws Exception {
        get(probe("account", udp("")));
        var all =
                get(probe("account", udp("")) + "&debug=true").body()
                        + get("/metrics").body()
                        + get("/").body()
                        + logged;

        assertThat(all).contains("SUCCEEDED  register").doesNotContain("wonderland");
    }

    @Test
    void isThereBeforeTheScrapeTimesOutAndHangsUp() throws Exception {
        var answer =
                get(probe("patient", udp("ring@")), "X-Prometheus-Scrape-Timeout-Seconds", "2");

        assertThat(answer.body())
                .contains("\nprobe_sip_outcome{outcome=\"timed-out\"} 1.0\n")
                .contains("\nprobe_success 0.0\n");
    }

    @Test
    void refusesInOneLine() throws Exception {
        assertRefused(400, "/probe", "say whom to probe");
        assertRefused(400, "/probe?target=a&target=b", "more than once");
        assertRefused(400, probe("options", "sip:a b"), "no SIP URI");
        assertRefused(400, probe("options", "sip:h;maddr=192.0.2.1"), "maddr");
        assertRefused(400, probe("options", "sip:h?Route=x"), "no headers");
        assertRefused(400, probe("register", udp("")), "address-of-record");
        assertRefused(400, probe("options", "h".repeat(3_000)), "characters");
        assertRefused(403, probe("options", "192.0.2.7"), "not allowed");
        assertRefused(404, probe("dance", "127.0.0.1"), "there is no such module");
        assertRefused(404, "/elsewhere", "/probe");
        var timed = get(probe("options", udp("")), "X-Prometheus-Scrape-Timeout-Seconds", "soon");
        assertThat(timed.statusCode()).isEqualTo(400);
        var foreign = get(probe("options", udp("")), "Sec-Fetch-Site", "cross-site");
        assertThat(foreign.statusCode()).isEqualTo(403);
    }

    private void assertRefused(int status, String path, String says) throws Exception {
        var answer = get(path);
        assertThat(answer.statusCode()).as(path).isEqualTo(status);
        assertThat(answer.body()).contains(says);
        assertThat(answer.body().lines()).hasSize(1);
    }

    @Test
    void runsNoMoreAtATimeThanAllowedAndEndsThoseThatRunWhenItIsEnded() throws Exception {
        exporter.close();
        exporter = exporter(directory.resolve("modules.yaml"), 1);
        CompletableFuture<HttpResponse<String>> ringing =
                http.sendAsync(request(probe("patient", udp("ring@"))), BodyHandlers.ofString());
        assertThat(invited.await(20, TimeUnit.SECONDS)).isTrue();

        assertRefused(429, probe("options", udp("")), "no more are allowed");
        assertThat(get("/metrics").body())
                .contains("referee_exporter_probes_running 1.0")
                .contains("referee_exporter_requests_refused_total{reason=\"too_many\"} 1.0");
        exporter.close();

        assertThat(ringing.get(10, TimeUnit.SECONDS).body())
                .contains("\nprobe_sip_outcome{outcome=\"interrupted\"} 1.0\n");
    }

    @Test
    void tellsOfItself() throws Exception {
        get(probe("options", udp("")));

        assertThat(get("/-/healthy").body()).isEqualTo("healthy\n");
        assertThat(get("/").body()).contains("module=transfer");
        assertThat(get("/metrics").body())
                .contains(
                        "referee_exporter_probes_total{module=\"options\",outcome=\"succeeded\"} 1.0")
                .contains("referee_build_info{version=")
                .contains("process_start_time_seconds ");
        var posted =
                http.send(
                        HttpRequest.newBuilder(request("/metrics").uri())
                                .POST(HttpRequest.BodyPublishers.ofString("x"))
                                .build(),
                        BodyHandlers.ofString());
        assertThat(posted.statusCode()).isEqualTo(405);
    }
}
