// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;
import referee.agent.ProbeEnd;
import referee.agent.ProbeResult;
import referee.diagnosis.Finding;
import referee.report.Docket;

/// The metrics of an exporter: those of one probe, and its own. Names and units as Prometheus asks
/// for; of what has no value there is none.
final class ProbeMetrics {
    /// Why a request was refused, one of few words.
    enum Refusal {
        BAD_REQUEST,
        FORBIDDEN,
        UNKNOWN_MODULE,
        TOO_MANY,
        STOPPING;

        String word() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Counter probes =
            Counter.builder()
                    .name("referee_exporter_probes_total")
                    .help("Probes, by module and outcome.")
                    .labelNames("module", "outcome")
                    .register(registry);
    private final Histogram durations =
            Histogram.builder()
                    .name("referee_exporter_probe_duration_seconds")
                    .help("How long probes took, by module.")
                    .classicOnly()
                    .classicUpperBounds(0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30)
                    .labelNames("module")
                    .register(registry);
    private final Counter refusals =
            Counter.builder()
                    .name("referee_exporter_requests_refused_total")
                    .help("Requests for a probe that was not begun, by reason.")
                    .labelNames("reason")
                    .register(registry);
    private final Gauge running =
            Gauge.builder()
                    .name("referee_exporter_probes_running")
                    .help("Probes that are running now.")
                    .register(registry);

    /// @param start when the exporter started
    ProbeMetrics(Instant start) {
        gauge(
                registry,
                "process_start_time_seconds",
                "When the exporter started, since the epoch.",
                start.toEpochMilli() / 1e3);
        Info.builder()
                .name("referee_build_info")
                .help("The version of Referee.")
                .labelNames("version")
                .register(registry)
                .addLabelValues(Referee.VERSION);
        for (var one : Refusal.values()) refusals.initLabelValues(one.word());
    }

    PrometheusRegistry own() {
        return registry;
    }

    void refused(Refusal why) {
        refusals.labelValues(why.word()).inc();
    }

    void began() {
        running.inc();
    }

    void ended(String module, ProbeEnd end, Duration took) {
        running.dec();
        probes.labelValues(module, end.word()).inc();
        durations.labelValues(module).observe(took.toNanos() / 1e9);
    }

    /// The metrics of one probe.
    ///
    /// @param took all of it, the taking down included
    /// @param expiry when the first of the certificates expires that the server showed
    static PrometheusRegistry of(
            ProbeResult result, Docket docket, Duration took, Optional<Instant> expiry) {
        var registry = new PrometheusRegistry();
        gauge(
                registry,
                "probe_success",
                "Whether the outcome was as wanted.",
                result.end() == ProbeEnd.SUCCEEDED ? 1 : 0);
        seconds(registry, "probe_duration_seconds", "How long the probe took.", took);
        gauge(
                registry,
                "probe_sip_status_code",
                "The response code that decided; 0 where none did.",
                result.code());
        result.firstResponse()
                .ifPresent(one ->
                        seconds(
                                registry,
                                "probe_sip_first_response_seconds",
                                "Time to the first response.",
                                one));
        result.answered()
                .ifPresent(one ->
                        seconds(
                                registry,
                                "probe_sip_answered_seconds",
                                "Time to the response that decided.",
                                one));
        result.granted()
                .ifPresent(one ->
                        seconds(
                                registry,
                                "probe_sip_expires_seconds",
                                "For how long the registration was granted.",
                                one));
        expiry.ifPresent(one ->
                gauge(
                        registry,
                        "probe_ssl_earliest_cert_expiry",
                        "When the first certificate of the chain expires, in seconds since the epoch.",
                        (double) one.getEpochSecond()));
        outcome(registry, result.end());
        findings(registry, docket);
        return registry;
    }

    private static void outcome(PrometheusRegistry registry, ProbeEnd end) {
        var outcomes =
                Gauge.builder()
                        .name("probe_sip_outcome")
                        .help("1 for how it ended, 0 for the other ways.")
                        .labelNames("outcome")
                        .register(registry);
        for (var one : ProbeEnd.values()) outcomes.labelValues(one.word()).set(one == end ? 1 : 0);
    }

    private static void findings(PrometheusRegistry registry, Docket docket) {
        if (docket.findings().isEmpty()) return;
        var findings =
                Gauge.builder()
                        .name("probe_sip_finding")
                        .help("1 for every fault that the diagnosis finds in the messages.")
                        .labelNames("fault", "severity", "certainty", "responsible")
                        .register(registry);
        for (var filed : docket.findings()) {
            var one = filed.finding();
            findings.labelValues(
                            one.fault(),
                            one.severity().word(),
                            one.certainty().word(),
                            responsible(one))
                    .set(1);
        }
    }

    private static String responsible(Finding finding) {
        return finding.responsible().stream()
                .map(one -> one.role().word())
                .collect(Collectors.toCollection(TreeSet::new))
                .stream()
                .collect(Collectors.joining(","));
    }

    private static void seconds(
            PrometheusRegistry registry, String name, String help, Duration value) {
        gauge(registry, name, help, value.toNanos() / 1e9);
    }

    private static void gauge(PrometheusRegistry registry, String name, String help, double value) {
        Gauge.builder().name(name).help(help).register(registry).set(value);
    }
}
