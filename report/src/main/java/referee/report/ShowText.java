// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.io.IOException;
import java.util.List;
import referee.diagnosis.Verdict;
import referee.evidence.Sighting;
import referee.rules.Reading;
import referee.sip.SipMessage;

/// Stories and their messages for a person, each response with its reading.
public final class ShowText implements Shows {
    private final Appendable out;
    private final boolean whole;
    private final List<String> inputs;

    /// @param whole whether every header and body is shown, or a line a message
    /// @param inputs the names of the sources, in the order in which verdicts count them
    public ShowText(Appendable out, boolean whole, List<String> inputs) {
        this.out = out;
        this.whole = whole;
        this.inputs = List.copyOf(inputs);
    }

    @Override
    public void write(Verdict verdict) throws IOException {
        var line = StoryLine.of(verdict);
        line("%s %s · %s".formatted(line.kind().word(), line.outcome().word(), line.who()));
        line(
                "Call-ID "
                        + Masking.line(line.callId())
                        + (line.why().isEmpty() ? "" : " · " + line.why()));
        for (var link : LinkWords.of(verdict)) line("  " + link);
        var readings = new ReadingsAt().add(verdict.story());
        for (var sighting : sightings(verdict)) {
            message(sighting);
            var reading = readings.of(sighting);
            if (reading.isPresent()) reading(reading.get());
        }
        for (var finding : verdict.findings()) {
            line(
                    "  ! "
                            + finding.severity().word()
                            + " "
                            + finding.fault()
                            + ": "
                            + Masking.words(finding.says()));
        }
        line("");
    }

    private static List<Sighting> sightings(Verdict verdict) {
        return verdict.story().sightings().toList();
    }

    private void message(Sighting sighting) throws IOException {
        line(
                "  %6d  %s  %s > %s  %s"
                                .formatted(
                                        sighting.number(),
                                        Times.clock(sighting.at()),
                                        sighting.from(),
                                        sighting.to(),
                                        MessageText.start(sighting.message()))
                        + (inputs.size() > 1 ? "  · " + inputs.get(sighting.source()) : ""));
        if (whole) headers(sighting.message());
    }

    private void headers(SipMessage message) throws IOException {
        for (var text : MessageText.lines(message)) line("            " + text);
        if (!message.body().isEmpty()) line("");
    }

    private void reading(Reading reading) throws IOException {
        var due = reading.by().map(by -> " by " + Times.clock(by)).orElse("");
        var next = reading.next().map(what -> "; next: " + what + due).orElse("");
        line("          " + Wrap.at("= " + reading.says() + next, 12));
    }

    private void line(String text) throws IOException {
        out.append(text.stripTrailing()).append('\n');
    }
}
