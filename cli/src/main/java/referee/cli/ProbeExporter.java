// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import io.prometheus.metrics.expositionformats.ExpositionFormats;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import referee.agent.ProbeEnd;
import referee.report.Ink;

/// An HTTP server that probes whom a Prometheus server asks it to, and answers with metrics:
/// `/probe?target=…&module=…`, `/metrics` about itself, `/-/healthy`, and a page of links.
final class ProbeExporter implements AutoCloseable {
    /// How it is set up.
    ///
    /// @param most how many probes may run at the same time
    /// @param offset how much of a scrape's time limit is left unused
    record Plan(InetSocketAddress listen, ProbeModules modules, int most, Duration offset) {}

    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final Plan plan;
    private final ProbeRequests asked;
    private final ProbeMetrics metrics = new ProbeMetrics(Clock.systemUTC().instant());
    private final Consumer<String> log;
    private final Server server;
    private final ServerConnector connector;
    private final Semaphore free;
    private final Set<ProbeRun> running = ConcurrentHashMap.newKeySet();
    private final ExpositionFormats formats = ExpositionFormats.init();
    private volatile boolean stopping;

    private ProbeExporter(Plan plan, Consumer<String> log) {
        this.plan = plan;
        this.asked = new ProbeRequests(plan.modules(), plan.offset());
        this.log = log;
        this.free = new Semaphore(plan.most());
        var pool = new QueuedThreadPool(plan.most() + 16);
        pool.setName("exporter");
        this.server = new Server(pool);
        var http = new HttpConfiguration();
        http.setSendServerVersion(false);
        http.setRequestHeaderSize(8_192);
        this.connector = new ServerConnector(server, new HttpConnectionFactory(http));
        connector.setHost(plan.listen().getAddress().getHostAddress());
        connector.setPort(plan.listen().getPort());
        server.addConnector(connector);
        server.setHandler(new Routes());
    }

    /// @param log told a line of each probe that did not succeed
    /// @throws IOException if it cannot listen there
    static ProbeExporter start(Plan plan, Consumer<String> log) throws IOException {
        var made = new ProbeExporter(plan, log);
        try {
            made.server.start();
            return made;
        } catch (Exception e) {
            throw new IOException(
                    "%s — %s — is the port taken, the address ours?"
                            .formatted(plan.listen(), e.getMessage()),
                    e);
        }
    }

    int port() {
        return connector.getLocalPort();
    }

    /// Takes no more requests for probes, lets those that run come to an end for a while, and ends
    /// what is left.
    @Override
    public void close() {
        stopping = true;
        try {
            if (!free.tryAcquire(plan.most(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                running.forEach(one -> one.stop("the exporter was ended"));
                var _ = free.tryAcquire(plan.most(), PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
            }
            server.stop();
        } catch (Exception e) {
            log.accept("the HTTP server did not end well: " + e.getMessage());
        }
    }

    private final class Routes extends Handler.Abstract {
        @Override
        public boolean handle(Request request, Response response, Callback callback) {
            if (!request.getMethod().equals("GET") && !request.getMethod().equals("HEAD")) {
                response.getHeaders().put(HttpHeader.ALLOW, "GET, HEAD");
                return text(response, callback, 405, "only GET is answered");
            }
            return switch (Request.getPathInContext(request)) {
                case "/" -> page(response, callback);
                case "/-/healthy" -> text(response, callback, 200, "healthy");
                case "/metrics" -> metrics(request, response, callback, metrics.own());
                case "/probe" -> probe(request, response, callback);
                default ->
                        text(response, callback, 404, "there are /probe, /metrics and /-/healthy");
            };
        }
    }

    private boolean probe(Request request, Response response, Callback callback) {
        try {
            if (stopping)
                throw new ProbeRequests.Refused(
                        503, ProbeMetrics.Refusal.STOPPING, "the exporter is being ended");
            var scrape = asked.read(request);
            if (!free.tryAcquire()) {
                response.getHeaders().put(HttpHeader.RETRY_AFTER, "1");
                throw new ProbeRequests.Refused(
                        429,
                        ProbeMetrics.Refusal.TOO_MANY,
                        "%d probes are running, and no more are allowed".formatted(plan.most()));
            }
            try {
                return probe(scrape, request, response, callback);
            } finally {
                free.release();
            }
        } catch (ProbeRequests.Refused e) {
            metrics.refused(e.why());
            return text(response, callback, e.status(), String.valueOf(e.getMessage()));
        }
    }

    private boolean probe(
            ProbeScrape scrape, Request request, Response response, Callback callback) {
        var run = new ProbeRun(scrape.plan(), scrape.line(), new PrintWriter(Writer.nullWriter()));
        running.add(run);
        metrics.began();
        var start = System.nanoTime();
        var end = ProbeEnd.FAILED;
        try {
            var record = run.run(scrape.limit());
            end = record.result().end();
            var took = Duration.ofNanos(System.nanoTime() - start);
            if (end != ProbeEnd.SUCCEEDED) log.accept(told(scrape, record));
            if (ProbeRequests.isDebug(request))
                return text(response, callback, 200, debug(scrape, record));
            var found = ProbeMetrics.of(record.result(), record.judge(), took, record.expiry());
            return metrics(request, response, callback, found);
        } catch (IOException e) {
            return text(response, callback, 500, "the probe could not be run: " + e.getMessage());
        } finally {
            running.remove(run);
            metrics.ended(scrape.module().name(), end, Duration.ofNanos(System.nanoTime() - start));
        }
    }

    private static String told(ProbeScrape scrape, ProbeRecord record) {
        return ProbeVerdict.clean(
                "%s %s: %s: %s"
                        .formatted(
                                scrape.module().name(),
                                scrape.plan().uri(),
                                record.result().end().word(),
                                record.result().says()));
    }

    /// The timeline and the verdict, for a person.
    private static String debug(ProbeScrape scrape, ProbeRecord record) throws IOException {
        var text = new StringWriter();
        var out = new PrintWriter(text);
        for (var one : record.timeline())
            out.printf(
                    "%9.3f  %s%n",
                    Duration.between(record.start(), one.at()).toNanos() / 1e9, one.says());
        out.println();
        var world =
                new World(
                        out,
                        new ByteArrayOutputStream(),
                        out,
                        java.io.InputStream.nullInputStream(),
                        Ink.PLAIN,
                        false,
                        Prompt.NOBODY);
        new ProbeVerdict(world, scrape.plan(), record).text();
        return text.toString();
    }

    private boolean metrics(
            Request request, Response response, Callback callback, PrometheusRegistry registry) {
        var writer = formats.findWriter(request.getHeaders().get(HttpHeader.ACCEPT));
        var out = new ByteArrayOutputStream();
        try {
            writer.write(out, registry.scrape());
        } catch (IOException e) {
            return text(response, callback, 500, "the metrics could not be written");
        }
        return send(response, callback, 200, writer.getContentType(), out.toByteArray());
    }

    /// One plain line, or several.
    private static boolean text(Response response, Callback callback, int status, String says) {
        var line = says.endsWith("\n") ? says : says.replaceAll("\\p{Cntrl}", "?") + "\n";
        return send(
                response,
                callback,
                status,
                "text/plain; charset=utf-8",
                line.getBytes(StandardCharsets.UTF_8));
    }

    private boolean page(Response response, Callback callback) {
        var html = new StringBuilder();
        html.append("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
                .append("<title>Referee probe exporter</title></head>\n<body>\n")
                .append("<h1>Referee probe exporter</h1>\n<ul>\n")
                .append("<li><a href=\"/metrics\">/metrics</a>: about this exporter</li>\n");
        for (var name : plan.modules().byName().keySet())
            html.append("<li>/probe?module=%s&amp;target=<em>TARGET</em></li>\n".formatted(name));
        html.append("</ul>\n<p>Add <code>&amp;debug=true</code> to read what happened.</p>\n")
                .append("</body></html>\n");
        response.getHeaders().put("Content-Security-Policy", "default-src 'none'");
        return send(
                response,
                callback,
                200,
                "text/html; charset=utf-8",
                html.toString().getBytes(StandardCharsets.UTF_8));
    }

    private static boolean send(
            Response response, Callback callback, int status, String type, byte[] body) {
        response.setStatus(status);
        response.getHeaders().put(HttpHeader.CONTENT_TYPE, type);
        response.getHeaders().put("X-Content-Type-Options", "nosniff");
        response.write(true, ByteBuffer.wrap(body), callback);
        return true;
    }
}
