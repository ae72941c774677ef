// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import referee.diagnosis.Link;
import referee.diagnosis.Outcome;
import referee.diagnosis.Responsible;
import referee.diagnosis.StoryKind;
import referee.diagnosis.Verdict;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.rules.Pages;
import referee.rules.Reading;
import referee.rules.Readings;
import referee.sip.HeaderName;

/// Makes the records of the JSON document.
final class Entries {
    private Entries() {}

    static Document.Input input(Docket.Source source) {
        var account = source.account();
        return new Document.Input(
                account.name(),
                account.kind(),
                account.frames(),
                account.messages(),
                account.from().map(Times::iso).orElse(null),
                account.to().map(Times::iso).orElse(null),
                account.notes(),
                source.gaps().stream().map(Entries::gap).toList());
    }

    static Document.Summary summary(Docket docket) {
        var byCode = new TreeMap<String, Long>();
        docket.byCode().forEach((code, count) -> byCode.put(code.toString(), count));
        return new Document.Summary(
                docket.storyCount(),
                counts(List.of(Outcome.values()), Outcome::word, docket::count),
                counts(List.of(StoryKind.values()), StoryKind::word, docket::count),
                byCode);
    }

    static Document.Entry finding(Docket.Filed filed) {
        var finding = filed.finding();
        var page = Pages.of(finding.fault());
        return new Document.Entry(
                finding.fault(),
                finding.severity().word(),
                finding.certainty().word(),
                finding.responsible().stream().map(Entries::who).toList(),
                finding.callId(),
                filed.caseId(),
                Times.iso(finding.at()),
                Masking.words(finding.says()),
                page.map(one -> one.fixes(finding)).orElse(List.of()).stream()
                        .map(Masking::words)
                        .toList(),
                page.flatMap(one -> one.confirm(finding)).map(Masking::words).orElse(null),
                filed.input(),
                finding.frames(),
                page.map(one -> one.references()).orElse(List.of()));
    }

    static Document.StoryEntry story(Verdict verdict, List<String> inputs) {
        var story = verdict.story();
        return new Document.StoryEntry(
                story.callId(),
                story.kind().word(),
                verdict.outcome().word(),
                verdict.caseId(),
                Masking.line(Masking.uris(story.party(HeaderName.FROM))),
                Masking.line(Masking.uris(story.party(HeaderName.TO))),
                inputs.get(story.source()),
                Times.iso(story.first()),
                Times.iso(story.last()),
                verdict.links().stream().map(link -> link(link, story.callId())).toList(),
                Readings.of(story).stream()
                        .map(reading -> answer(reading, story.source(), inputs))
                        .toList());
    }

    private static Document.LinkEntry link(Link link, String callId) {
        return new Document.LinkEntry(
                link.other(callId), link.reason().words(), link.certainty().word());
    }

    /// A story with its messages.
    ///
    /// @param whole whether with their headers and bodies
    static Document.ShownStory shown(Verdict verdict, List<String> inputs, boolean whole) {
        var story = verdict.story();
        var readings = new ReadingsAt().add(story);
        return new Document.ShownStory(
                story.callId(),
                story.kind().word(),
                verdict.outcome().word(),
                verdict.caseId(),
                Masking.line(Masking.uris(story.party(HeaderName.FROM))),
                Masking.line(Masking.uris(story.party(HeaderName.TO))),
                story.sightings()
                        .map(one -> message(one, readings.of(one), inputs, whole))
                        .toList());
    }

    private static Document.MessageEntry message(
            Sighting sighting, Optional<Reading> reading, List<String> inputs, boolean whole) {
        return new Document.MessageEntry(
                inputs.get(sighting.source()),
                sighting.number(),
                Times.iso(sighting.at()),
                sighting.from().toString(),
                sighting.to().toString(),
                sighting.transport().toString(),
                MessageText.start(sighting.message()),
                reading.map(one -> Masking.words(one.says())).orElse(null),
                reading.flatMap(Reading::next).orElse(null),
                reading.flatMap(Reading::by).map(Times::iso).orElse(null),
                whole ? MessageText.lines(sighting.message()) : null);
    }

    static Document.Who who(Responsible one) {
        return new Document.Who(one.role().word(), one.at().map(Object::toString).orElse(null));
    }

    private static Document.AnswerEntry answer(Reading reading, int source, List<String> inputs) {
        return new Document.AnswerEntry(
                reading.source() == source ? null : inputs.get(reading.source()),
                reading.frame(),
                reading.code(),
                reading.request(),
                Masking.words(reading.says()),
                reading.next().orElse(null),
                reading.by().map(Times::iso).orElse(null));
    }

    private static Document.GapEntry gap(Gap gap) {
        var frame = Optional.of(gap.frame()).filter(number -> number > 0);
        return new Document.GapEntry(gap.kind().word(), frame.orElse(null), gap.says());
    }

    private static <T> Map<String, Long> counts(
            List<T> all, Function<T, String> word, Function<T, Long> count) {
        return all.stream()
                .collect(Collectors.toMap(word, count, (a, _) -> a, java.util.LinkedHashMap::new));
    }
}
