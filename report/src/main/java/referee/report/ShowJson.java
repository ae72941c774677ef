// SPDX-License-Identifier: Apache-2.0
package referee.report;

import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.util.List;
import referee.diagnosis.Verdict;

/// Stories as one JSON array, written story by story.
public final class ShowJson implements Shows {
    private static final Jsonb JSON =
            Jsonb.builder().serializeNulls(false).serializeEmpty(true).build();

    private final Appendable out;
    private final boolean whole;
    private final List<String> inputs;
    private boolean begun;

    /// @param whole whether every header and body is shown, secrets masked
    /// @param inputs the names of the sources, in the order in which verdicts count them
    public ShowJson(Appendable out, boolean whole, List<String> inputs) {
        this.out = out;
        this.whole = whole;
        this.inputs = inputs;
    }

    @Override
    public void write(Verdict verdict) throws IOException {
        out.append(begun ? ",\n" : "[\n");
        begun = true;
        out.append(
                JSON.type(Document.ShownStory.class).toJson(Entries.shown(verdict, inputs, whole)));
    }

    @Override
    public void end() throws IOException {
        out.append(begun ? "\n]\n" : "[]\n");
    }
}
