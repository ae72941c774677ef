// SPDX-License-Identifier: Apache-2.0
package referee.report;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import referee.diagnosis.Severity;
import referee.rules.Page;
import referee.rules.Pages;

/// The report as SARIF 2.1.0: what code scanning and quality dashboards read. Each fault found is a
/// rule with its page as help; each finding is a result whose frames stand in its properties, since
/// a capture has no lines.
public final class SarifReport {
    private static final Jsonb JSON =
            Jsonb.builder().serializeNulls(false).serializeEmpty(true).build();

    @Json
    record Log(@Json.Property("$schema") String schema, String version, List<Run> runs) {}

    @Json
    record Run(Tool tool, List<Artifact> artifacts, List<Result> results) {}

    @Json
    record Tool(Driver driver) {}

    @Json
    record Driver(String name, String version, List<Descriptor> rules) {}

    @Json
    record Descriptor(
            String id,
            Text shortDescription,
            Help help,
            Level defaultConfiguration,
            Map<String, List<String>> properties) {}

    @Json
    record Text(String text) {}

    @Json
    record Help(String text, String markdown) {}

    @Json
    record Level(String level) {}

    @Json
    record Artifact(Uri location) {}

    @Json
    record Uri(String uri) {}

    @Json
    record Result(
            String ruleId,
            int ruleIndex,
            String level,
            Text message,
            List<Location> locations,
            Map<String, String> partialFingerprints,
            Document.Entry properties) {}

    @Json
    record Location(Physical physicalLocation, List<Logical> logicalLocations) {}

    @Json
    record Physical(Uri artifactLocation) {}

    @Json
    record Logical(String name, String kind) {}

    private final String version;

    /// @param version of the program that writes it
    public SarifReport(String version) {
        this.version = version;
    }

    public void write(Docket docket, Appendable out) throws IOException {
        var filed = docket.findings();
        var faults = filed.stream().map(one -> one.finding().fault()).distinct().toList();
        var rules = faults.stream().flatMap(id -> Pages.of(id).stream()).map(this::rule).toList();
        var ids = rules.stream().map(Descriptor::id).toList();
        var artifacts =
                docket.sources().stream()
                        .map(source -> new Artifact(uri(source.account().name())))
                        .toList();
        var results = filed.stream().map(one -> result(one, ids)).toList();
        var run = new Run(new Tool(new Driver("Referee", version, rules)), artifacts, results);
        var log = new Log("https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", List.of(run));
        out.append(JSON.type(Log.class).toJsonPretty(log)).append('\n');
    }

    private Descriptor rule(Page page) {
        return new Descriptor(
                page.id(),
                new Text(page.summary()),
                new Help(page.summary(), page.text()),
                new Level(level(page.severity())),
                Map.of("tags", List.of("sip", page.flow())));
    }

    private static Result result(Docket.Filed filed, List<String> rules) {
        var entry = Entries.finding(filed);
        var location =
                new Location(
                        new Physical(uri(entry.input())),
                        List.of(new Logical(Masking.line(entry.callId()), "call")));
        return new Result(
                entry.fault(),
                rules.indexOf(entry.fault()),
                level(filed.finding().severity()),
                new Text(entry.says() + " (frame " + entry.frames().getFirst() + ")"),
                List.of(location),
                Map.of(
                        "finding/v1",
                        entry.fault()
                                + " "
                                + Masking.line(entry.callId())
                                + " "
                                + entry.frames().getFirst()),
                entry);
    }

    /// A name of a file as a relative reference (RFC 3986 §4.2).
    private static Uri uri(String name) {
        var uri = new StringBuilder();
        for (var octet : name.getBytes(java.nio.charset.StandardCharsets.UTF_8)) {
            var c = (char) (octet & 0xff);
            var plain = c < 0x80 && (Character.isLetterOrDigit(c) || "-._~/".indexOf(c) >= 0);
            if (plain) uri.append(c);
            else uri.append('%').append("%02X".formatted((int) c));
        }
        return new Uri(uri.toString());
    }

    private static String level(Severity severity) {
        return switch (severity) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW, INFO -> "note";
        };
    }
}
