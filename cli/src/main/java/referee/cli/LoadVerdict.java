// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import referee.agent.LoadPlan;
import referee.agent.LoadResult;
import referee.agent.ProbeEnd;
import referee.report.TextReport;

/// Writes what a load came to, with what the diagnosis says of its messages.
final class LoadVerdict implements ProbeReport {
    private final World world;
    private final LoadPlan plan;
    private final LoadResult result;
    private final LoadTally tally;
    private final LoadEvidence evidence;

    /// @param evidence finished
    LoadVerdict(
            World world, LoadPlan plan, LoadResult result, LoadTally tally, LoadEvidence evidence) {
        this.world = world;
        this.plan = plan;
        this.result = result;
        this.tally = tally;
        this.evidence = evidence;
    }

    private String kind() {
        return plan.probe().kind().word();
    }

    private boolean isWhole() {
        return result.begun() == plan.count() && tally.count(ProbeEnd.INTERRUPTED) == 0;
    }

    private boolean isAsWanted() {
        return isWhole() && tally.count(ProbeEnd.SUCCEEDED) == plan.count();
    }

    /// That of its probes where all ended in the same way. None that began is for want of a way.
    @Override
    public int exitCode() {
        if (result.begun() == 0) return ProbeEnd.NETWORK.exitCode();
        if (isAsWanted()) return 0;
        var ends = tally.ends().keySet();
        return isWhole() && ends.size() == 1 ? ends.iterator().next().exitCode() : 1;
    }

    @Override
    public void text() throws IOException {
        var out = world.out();
        out.println("LOAD  %s %s".formatted(kind(), plan.probe().uri()));
        for (var line : pacing()) out.println("  " + line);
        out.println();
        for (var end : ProbeEnd.values())
            if (tally.count(end) > 0)
                out.println("  %-22s %7d".formatted(end.word(), tally.count(end)));
        out.println("  codes: " + codes());
        out.println();
        out.println(
                "  %-22s %8s %8s %8s %8s %8s"
                        .formatted("seconds", "p50", "p90", "p99", "max", "count"));
        out.println(row("first response", tally.first()));
        out.println(row("answer of successes", tally.answered()));
        out.println(
                "  retransmissions: %d sent, %d received"
                        .formatted(evidence.sentAgain(), evidence.receivedAgain()));
        faults();
        out.flush();
    }

    /// How it went in time, and what kept it from going as wanted.
    private List<String> pacing() {
        var lines = new ArrayList<String>();
        lines.add(
                "%d of %d begun, %s a second (wanted: %s), at most %d open at the same time (limit: %d); took %s s"
                        .formatted(
                                result.begun(),
                                plan.count(),
                                rate(result.perSecond()),
                                rate(plan.perSecond()),
                                result.mostOpen(),
                                plan.most(),
                                seconds(result.took())));
        if (result.heldCount() > 0)
            lines.add(
                    "the rate was not kept: %d begins waited because %d were open, %s s together"
                            .formatted(result.heldCount(), plan.most(), seconds(result.held())));
        if (result.rests() > 0)
            lines.add(
                    "the server asked for rest with 503 and Retry-After, %d times; none was begun for %s s"
                            .formatted(result.rests(), seconds(result.rested())));
        if (result.latest().compareTo(Duration.ofMillis(20)) > 0)
            lines.add(
                    "this machine was busy: the latest begin was late by %s s, and times may be too long by as much"
                            .formatted(seconds(result.latest())));
        result.stopped().ifPresent(why -> lines.add("stopped early: " + ProbeVerdict.clean(why)));
        return lines;
    }

    private static String rate(double perSecond) {
        var text = String.format(Locale.ROOT, "%.2f", perSecond);
        return text.endsWith(".00") ? text.substring(0, text.length() - 3) : text;
    }

    private String codes() {
        return tally.codes().entrySet().stream()
                .map(one -> (one.getKey() == 0 ? "none" : one.getKey()) + " × " + one.getValue())
                .collect(Collectors.joining(", "));
    }

    private static String row(String name, LoadTally.Times times) {
        if (times.count() == 0) return "  %-22s %44d".formatted(name, 0);
        return "  %-22s %8s %8s %8s %8s %8d"
                .formatted(
                        name,
                        seconds(times.percentile(50)),
                        seconds(times.percentile(90)),
                        seconds(times.percentile(99)),
                        seconds(times.max()),
                        times.count());
    }

    private static String seconds(Duration duration) {
        return ProbeVerdict.seconds(duration);
    }

    private void faults() throws IOException {
        var found = evidence.faults();
        if (found.isEmpty()) {
            world.out().println();
            world.out().println("Nothing found that anyone has to mend.");
            return;
        }
        world.out().println();
        for (var one : found.values())
            world.out()
                    .println(
                            "  %-34s in %d of %d, such as Call-ID %s"
                                    .formatted(
                                            one.first().fault(),
                                            one.stories(),
                                            result.begun(),
                                            ProbeVerdict.clean(one.first().callId())));
        new TextReport(world.ink(), world.out()).findings(evidence.docket());
    }

    @Override
    public void json() throws IOException {
        world.out().print(ProbeDocument.of(document(), evidence.docket()));
        world.out().flush();
    }

    private ProbeDocument.Load document() {
        var outcomes = new LinkedHashMap<String, Long>();
        for (var end : ProbeEnd.values()) outcomes.put(end.word(), tally.count(end));
        var codes = new LinkedHashMap<String, Long>();
        tally.codes().forEach((code, count) -> codes.put(code.toString(), count));
        return new ProbeDocument.Load(
                kind(),
                plan.probe().uri(),
                exitCode(),
                plan.count(),
                result.begun(),
                plan.perSecond(),
                Math.round(result.perSecond() * 1e3) / 1e3,
                ProbeDocument.seconds(result.took()),
                plan.most(),
                result.mostOpen(),
                new ProbeDocument.Waits(
                        result.heldCount(),
                        ProbeDocument.seconds(result.held()),
                        ProbeDocument.seconds(result.latest()),
                        result.rests(),
                        ProbeDocument.seconds(result.rested())),
                result.stopped().orElse(null),
                outcomes,
                codes,
                percentiles(tally.first()),
                percentiles(tally.answered()),
                new ProbeDocument.Retransmissions(evidence.sentAgain(), evidence.receivedAgain()),
                evidence.faults().values().stream().map(LoadVerdict::fault).toList());
    }

    private static ProbeDocument.Percentiles percentiles(LoadTally.Times times) {
        if (times.count() == 0) return new ProbeDocument.Percentiles(0, null, null, null, null);
        return new ProbeDocument.Percentiles(
                times.count(),
                ProbeDocument.seconds(times.percentile(50)),
                ProbeDocument.seconds(times.percentile(90)),
                ProbeDocument.seconds(times.percentile(99)),
                ProbeDocument.seconds(times.max()));
    }

    private static ProbeDocument.Fault fault(LoadEvidence.Found found) {
        var first = found.first();
        return new ProbeDocument.Fault(
                first.fault(),
                first.severity().word(),
                first.certainty().word(),
                first.responsible().stream()
                        .map(one -> one.role().word())
                        .collect(Collectors.joining(", or ")),
                found.stories(),
                first.callId());
    }

    /// One suite: a test for each way to end, which fails unless it is success.
    @Override
    public void junit() {
        var out = world.out();
        var ends = new ArrayList<>(List.of(ProbeEnd.values()));
        ends.removeIf(one -> tally.count(one) == 0);
        var failures = ends.stream().filter(one -> one != ProbeEnd.SUCCEEDED).count();
        out.println("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
        out.println(
                "<testsuites name=\"referee\"><testsuite name=\"load\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\" time=\"%s\">"
                        .formatted(ends.size(), failures, seconds(result.took())));
        for (var end : ends) junit(end);
        out.println("</testsuite></testsuites>");
        out.flush();
    }

    private void junit(ProbeEnd end) {
        var out = world.out();
        var name = "%s: %d of %d".formatted(end.word(), tally.count(end), plan.count());
        var open = "<testcase classname=\"referee.load.%s\" name=\"%s\"".formatted(kind(), name);
        if (end == ProbeEnd.SUCCEEDED) {
            out.println(open + "/>");
            return;
        }
        out.println(open + ">");
        out.println(
                "<failure type=\"%s\" message=\"%s\">%s</failure>"
                        .formatted(
                                end.word(), name, ProbeVerdict.xml(String.join("; ", pacing()))));
        out.println("</testcase>");
    }

    @Override
    public int nagios() {
        var code = status();
        var succeeded = tally.count(ProbeEnd.SUCCEEDED);
        world.out()
                .println(
                        "SIP load %s - %d of %d %s succeeded, %s a second | rate=%s;;;0 failed=%d;;;0 p50=%ss;;;0 p99=%ss;;;0"
                                .formatted(
                                        List.of("OK", "WARNING", "CRITICAL", "UNKNOWN").get(code),
                                        succeeded,
                                        result.begun(),
                                        kind() + " probes",
                                        rate(result.perSecond()),
                                        rate(result.perSecond()),
                                        result.begun() - succeeded,
                                        seconds(tally.answered().percentile(50)),
                                        seconds(tally.answered().percentile(99))));
        world.out().flush();
        return code;
    }

    /// Fewer than one of twenty that fail are a warning.
    private int status() {
        if (result.begun() == 0 || !isWhole()) return 3;
        var failed = plan.count() - tally.count(ProbeEnd.SUCCEEDED);
        if (failed == 0) return 0;
        return failed * 20 < plan.count() ? 1 : 2;
    }
}
