// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import referee.agent.ProbeEnd;
import referee.agent.ProbePlan;
import referee.agent.ProbeResult;
import referee.diagnosis.Severity;
import referee.report.Docket;
import referee.report.JsonReport;
import referee.report.TextReport;

/// Writes what a probe came to, with what the diagnosis says of its messages.
final class ProbeVerdict {
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

    void text() throws IOException {
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

    int exitCode() {
        return result.end().exitCode();
    }

    private String times() {
        return result.firstResponse()
                        .map(one -> ", first response after " + seconds(one) + " s")
                        .orElse("")
                + result.answered().map(one -> ", final after " + seconds(one) + " s").orElse("");
    }

    private static String clean(String text) {
        return text.replaceAll("\\p{Cntrl}", "?");
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.3f", duration.toNanos() / 1e9);
    }

    void json() throws IOException {
        var out = world.out();
        var fields = new ArrayList<String>();
        fields.add("\"kind\": " + quoted(plan.kind().word()));
        fields.add("\"uri\": " + quoted(plan.uri()));
        fields.add("\"outcome\": " + quoted(result.end().word()));
        fields.add("\"exitCode\": " + result.end().exitCode());
        fields.add("\"code\": " + result.code());
        fields.add("\"says\": " + quoted(result.says()));
        fields.add("\"tookSeconds\": " + seconds(result.took()));
        result.firstResponse()
                .ifPresent(one -> fields.add("\"firstResponseSeconds\": " + seconds(one)));
        result.answered().ifPresent(one -> fields.add("\"answeredSeconds\": " + seconds(one)));
        fields.add(
                "\"notes\": " + list(result.notes().stream().map(ProbeVerdict::quoted).toList()));
        result.blame().ifPresent(blame -> fields.add("\"blame\": " + blamed(blame)));
        fields.add(
                "\"timeline\": "
                        + list(
                                record.timeline().stream()
                                        .map(one ->
                                                "{\"at\": %s, \"says\": %s}"
                                                        .formatted(
                                                                quoted(one.at().toString()),
                                                                quoted(one.says())))
                                        .toList()));
        out.print("{\"probe\": {" + String.join(",\n  ", fields) + "},\n\"diagnosis\": ");
        new JsonReport(Referee.VERSION).write(docket, out);
        out.println("}");
        out.flush();
    }

    private static String blamed(ProbeResult.Blame blame) {
        return "{\"fault\": %s, \"responsible\": %s, \"certainty\": %s, \"says\": %s}"
                .formatted(
                        quoted(blame.fault()),
                        quoted(blame.party()),
                        quoted(blame.certainty()),
                        quoted(blame.says()));
    }

    private static String list(List<String> values) {
        return "[" + String.join(", ", values) + "]";
    }

    private static String quoted(String text) {
        return text.chars()
                .mapToObj(c ->
                        c == '"' || c == '\\'
                                ? "\\" + (char) c
                                : c < 0x20 ? String.format("\\u%04x", c) : "" + (char) c)
                .collect(Collectors.joining("", "\"", "\""));
    }

    /// One suite with one test.
    void junit() {
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

    private static String xml(String text) {
        return clean(text)
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /// A refused ping is a warning: somebody is there.
    int nagios() {
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
