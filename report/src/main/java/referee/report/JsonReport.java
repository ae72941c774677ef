// SPDX-License-Identifier: Apache-2.0
package referee.report;

import io.avaje.jsonb.Jsonb;
import java.io.IOException;

/// The report for programs: one JSON document, or a finding a line.
public final class JsonReport {
    private static final Jsonb JSON =
            Jsonb.builder().serializeNulls(false).serializeEmpty(true).build();

    private final String version;

    /// @param version of the program that writes it
    public JsonReport(String version) {
        this.version = version;
    }

    /// Writes the whole document, which ends in a line end.
    public void write(Docket docket, Appendable out) throws IOException {
        var document =
                new Document(
                        version,
                        docket.sources().stream().map(Entries::input).toList(),
                        docket.doubts(),
                        Entries.summary(docket),
                        docket.findings().stream().map(Entries::finding).toList(),
                        docket.stories().orElse(null));
        out.append(JSON.type(Document.class).toJsonPretty(document)).append('\n');
    }

    /// Writes a finding a line.
    public void writeLines(Docket docket, Appendable out) throws IOException {
        var type = JSON.type(Document.Entry.class);
        for (var filed : docket.findings())
            out.append(type.toJson(Entries.finding(filed))).append('\n');
    }
}
