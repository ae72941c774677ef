// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.io.IOException;
import java.util.List;
import referee.diagnosis.Verdict;

/// Stories as a table (RFC 4180): a message a line, each response with its reading.
public final class ShowCsv implements Shows {
    private static final List<String> COLUMNS =
            List.of(
                    "input",
                    "frame",
                    "at",
                    "from",
                    "to",
                    "transport",
                    "message",
                    "callId",
                    "case",
                    "kind",
                    "outcome",
                    "reading",
                    "next",
                    "by");

    private final Appendable out;
    private final List<String> inputs;
    private boolean begun;

    /// @param inputs the names of the sources, in the order in which verdicts count them
    public ShowCsv(Appendable out, List<String> inputs) {
        this.out = out;
        this.inputs = inputs;
    }

    @Override
    public void write(Verdict verdict) throws IOException {
        begin();
        var story = Entries.shown(verdict, inputs, false);
        for (var message : story.messages())
            Csv.row(
                    out,
                    List.of(
                            message.input(),
                            String.valueOf(message.frame()),
                            message.at(),
                            message.from(),
                            message.to(),
                            message.transport(),
                            message.start(),
                            Masking.line(story.callId()),
                            Masking.line(story.caseId()),
                            story.kind(),
                            story.outcome(),
                            orEmpty(message.reading()),
                            orEmpty(message.next()),
                            orEmpty(message.by())));
    }

    @Override
    public void end() throws IOException {
        begin();
    }

    private void begin() throws IOException {
        if (!begun) Csv.row(out, COLUMNS);
        begun = true;
    }

    private static String orEmpty(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "" : text;
    }
}
