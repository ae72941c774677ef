// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import referee.agent.ProbeEnd;
import referee.agent.ProbePlan;
import referee.agent.ProbeResult;
import referee.diagnosis.Severity;
import referee.report.Docket;
import referee.report.TextReport;

/// Writes what a probe came to, with what the diagnosis says of its messages.
final class ProbeVerdict implements ProbeReport {
    private final World world;
    private final ProbePlan plan;
    private final ProbeRecord record;
    private final ProbeResult result;
    private final Docket docket;

    ProbeVerdict(World world, ProbePlan plan, ProbeRecord record) {
        this.world = world;
        this.plan = plan;
        this.record = record;
        this.result = record.result();
        this.docket = record.judge();
    }

    @Override
    public void text() throws IOException {
        var out = world.out();
        out.println(
                "%s  %s %s"
                        .formatted(
                                result.end().word().toUpperCase(Locale.ROOT),
                                plan.kind().word(),
                                plan.uri()));
        out.println("  " + clean(result.says()));
        out.println("  took " + seconds(result.took()) + " s" + times());
        for (var note : result.notes()) out.println("  note: " + clean(note));
        result.blame()
                .ifPresent(blame ->
                        out.println(
                                "  %s (%s): whose move: %s — referee explain %s"
                                        .formatted(
                                                blame.fault(),
                                                blame.certainty(),
                                                blame.party(),
                                                blame.fault())));
        if (docket.worst().isPresent()) new TextReport(world.ink(), out).findings(docket);
        out.flush();
    }

    @Override
    public int exitCode() {
        return result.end().exitCode();
    }

    private String times() {
        return result.firstResponse()
                        .map(one -> ", first response after " + seconds(one) + " s")
                        .orElse("")
                + result.answered().map(one -> ", final after " + seconds(one) + " s").orElse("");
    }

    /// Nothing that a terminal would obey.
    static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    @Override
    public void json() throws IOException {
        world.out().print(ProbeDocument.of(plan, result, record.timeline(), docket));
        world.out().flush();
    }

    /// One suite with one test.
    @Override
    public void junit() {
        var failed = result.end() != ProbeEnd.SUCCEEDED;
        var out = world.out();
        out.println("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        out.println(
                "<testsuites name=\"referee\"><testsuite name=\"probe\" tests=\"1\" failures=\"%d\" errors=\"0\" skipped=\"0\">"
                        .formatted(failed ? 1 : 0));
        out.println(
                "<testcase classname=\"referee.probe.%s\" name=\"%s\" time=\"%s\">"
                        .formatted(plan.kind().word(), xml(plan.uri()), seconds(result.took())));
        if (failed)
            out.println(
                    "<failure type=\"%s\" message=\"%s\">%s</failure>"
                            .formatted(result.end().word(), xml(result.says()), xml(found())));
        out.println("</testcase></testsuite></testsuites>");
        out.flush();
    }

    private String found() {
        return docket.findings().stream()
                .map(one -> one.finding().fault() + ": " + one.finding().says())
                .collect(Collectors.joining("\n"));
    }

    static String xml(String text) {
        return clean(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// A refused ping is a warning: somebody is there.
    @Override
    public int nagios() {
        var code = status();
        var word = List.of("OK", "WARNING", "CRITICAL", "UNKNOWN").get(code);
        var faults =
                docket.findings().stream()
                        .filter(one -> one.finding().severity().compareTo(Severity.MEDIUM) >= 0)
                        .map(one -> one.finding().fault())
                        .distinct()
                        .limit(3)
                        .collect(Collectors.joining(", "));
        var so = faults.isEmpty() ? "" : " [" + faults + "]";
        world.out()
                .println(
                        "SIP %s %s - %s%s | time=%ss;;;0 response=%ss;;;0 code=%d"
                                .formatted(
                                        plan.kind().word(),
                                        word,
                                        clean(result.says()).replace('|', '/'),
                                        so,
                                        seconds(result.took()),
                                        seconds(first().orElse(Duration.ZERO)),
                                        result.code()));
        world.out().flush();
        return code;
    }

    private Optional<Duration> first() {
        return result.firstResponse();
    }

    private int status() {
        return switch (result.end()) {
            case SUCCEEDED -> 0;
            case UNKNOWN -> 3;
            case BUSY -> 1;
            case REJECTED -> plan.kind() == ProbePlan.Kind.OPTIONS && result.code() < 500 ? 1 : 2;
            default -> 2;
        };
    }
}
