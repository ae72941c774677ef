// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;

/// The report as a table (RFC 4180): a header line, then a finding a line.
public final class CsvReport {
    private static final List<String> COLUMNS =
            List.of(
                    "input",
                    "at",
                    "severity",
                    "certainty",
                    "fault",
                    "responsible",
                    "says",
                    "fix",
                    "confirm",
                    "callId",
                    "case",
                    "frames",
                    "references");

    private final Appendable out;

    public CsvReport(Appendable out) {
        this.out = out;
    }

    public void write(Docket docket) throws IOException {
        Csv.row(out, COLUMNS);
        for (var filed : docket.findings()) Csv.row(out, cells(Entries.finding(filed)));
    }

    private static List<String> cells(Document.Entry entry) {
        return List.of(
                entry.input(),
                entry.at(),
                entry.severity(),
                entry.certainty(),
                entry.fault(),
                entry.responsible().stream().map(CsvReport::who).collect(Collectors.joining("; ")),
                entry.says(),
                String.join(" ", entry.fix()),
                entry.confirm() == null ? "" : entry.confirm(),
                Masking.line(entry.callId()),
                Masking.line(entry.caseId()),
                entry.frames().stream().map(String::valueOf).collect(Collectors.joining(" ")),
                String.join("; ", entry.references()));
    }

    private static String who(Document.Who one) {
        return one.at() == null ? one.role() : one.role() + " " + one.at();
    }
}
