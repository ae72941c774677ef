// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.util.stream.Collectors.joining;

import java.util.Comparator;
import java.util.Map;
import referee.diagnosis.Verdict;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.rules.Reading;

/// One case in the HTML report: its stories, its ladder, and every message behind an arrow.
final class CaseHtml {
    private static final int MOST = 1_000;

    private final Docket.Sheet sheet;
    private final int number;
    private final Map<Endpoint, String> names;

    /// @param number of the case on the page, 1-based
    /// @param names what the evidence calls its addresses
    CaseHtml(Docket.Sheet sheet, int number, Map<Endpoint, String> names) {
        this.sheet = sheet;
        this.number = number;
        this.names = names;
    }

    void write(StringBuilder html) {
        html.append("<section class=\"case\" id=\"case-%d\">\n".formatted(number));
        for (var i = 0; i < sheet.verdicts().size(); i++)
            story(sheet.verdicts().get(i), i == 0, html);
        var ladder = Ladder.of(sheet.verdicts(), names);
        html.append("<figure class=\"drawing\" tabindex=\"0\">\n");
        html.append(LadderSvg.linked(ladder, "c" + number, "Case " + number, "#m" + number + "-"));
        html.append("</figure>\n");
        marks(ladder, html);
        messages(html);
        html.append("</section>\n");
    }

    private void story(Verdict verdict, boolean first, StringBuilder html) {
        var line = StoryLine.of(verdict);
        html.append(
                "<%s>%s%s, %s: %s</%s>\n"
                        .formatted(
                                first ? "h3" : "h4",
                                first ? "Case " + number + ": " : "",
                                line.kind().word(),
                                line.outcome().word(),
                                Html.text(line.who()),
                                first ? "h3" : "h4"));
        html.append(
                "<p>%s, Call-ID <code>%s</code>%s</p>\n"
                        .formatted(
                                Times.clock(line.first()),
                                Html.text(Masking.line(line.callId())),
                                line.why().isEmpty() ? "" : ". " + Html.text(line.why())));
    }

    private static void marks(Ladder ladder, StringBuilder html) {
        if (ladder.findings().isEmpty()) return;
        html.append("<ol class=\"verdict\">\n");
        for (var finding : ladder.findings())
            html.append(
                    "<li><strong class=\"severity %s\">%s</strong> <a href=\"#page-%s\">%s</a>: %s</li>\n"
                            .formatted(
                                    finding.severity().word(),
                                    finding.severity().word(),
                                    finding.fault(),
                                    finding.fault(),
                                    Html.text(Masking.words(finding.says()))));
        html.append("</ol>\n");
    }

    /// In the order of the ladder's arrows.
    private void messages(StringBuilder html) {
        var readings = new ReadingsAt();
        for (var verdict : sheet.verdicts()) readings.add(verdict.story());
        var sightings =
                sheet.verdicts().stream()
                        .flatMap(verdict -> verdict.story().sightings())
                        .sorted(
                                Comparator.comparing(Sighting::at)
                                        .thenComparingLong(Sighting::number))
                        .limit(MOST)
                        .toList();
        html.append("<details><summary>%d messages</summary>\n".formatted(sightings.size()));
        for (var i = 0; i < sightings.size(); i++) message(sightings.get(i), i + 1, readings, html);
        html.append("</details>\n");
    }

    private void message(Sighting sighting, int index, ReadingsAt readings, StringBuilder html) {
        var message = sighting.message();
        html.append(
                "<details class=\"message\" id=\"m%d-%d\"><summary>%d · %s · %s → %s · <b>%s</b></summary>\n"
                        .formatted(
                                number,
                                index,
                                sighting.number(),
                                Times.clock(sighting.at()),
                                Html.text(sighting.from().toString()),
                                Html.text(sighting.to().toString()),
                                Html.text(MessageText.start(message))));
        readings.of(sighting)
                .ifPresent(
                        reading -> html.append("<p>%s</p>\n".formatted(Html.text(words(reading)))));
        html.append("<pre><code>")
                .append(MessageText.lines(message).stream().map(Html::text).collect(joining("\n")))
                .append("</code></pre>\n</details>\n");
    }

    private static String words(Reading reading) {
        var due = reading.by().map(by -> " by " + Times.clock(by)).orElse("");
        return Masking.words(
                reading.says() + reading.next().map(what -> "; next: " + what + due).orElse(""));
    }
}
