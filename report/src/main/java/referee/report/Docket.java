// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import referee.diagnosis.Finding;
import referee.diagnosis.Outcome;
import referee.diagnosis.Severity;
import referee.diagnosis.StoryKind;
import referee.diagnosis.Verdict;
import referee.evidence.Account;
import referee.evidence.Gap;

/// What the reports are written from: short records of every verdict, and counts. Owned by one
/// thread.
public final class Docket {
    /// A finding and where it belongs.
    ///
    /// @param input the source's name
    public record Filed(Finding finding, String caseId, String input) {}

    /// A source, its account and the first of its gaps.
    public record Source(Account account, List<Gap> gaps) {}

    private static final int MAX_GAPS = 100;
    private static final int MAX_FINDINGS = 100_000;
    private static final int MAX_LINES = 10_000;
    private static final int MAX_SHEETS = 500;
    private static final int MAX_DRAWN = 20_000;
    static final int FEW = 20;

    /// What a report needs besides findings and counts.
    public enum Detail {
        /// Nothing.
        NONE,
        /// A line a story, for a person.
        LINES,
        /// Every story as a short record, for `--stories`.
        STORIES,
        /// The stories themselves, to draw them: a bounded number, those that went wrong first.
        SHEETS
    }

    /// The stories of one case, with their messages.
    record Sheet(String caseId, List<Verdict> verdicts) {}

    private final Map<String, Doubts> doubts = new HashMap<>();
    private final Detail detail;
    private final List<Source> sources = new ArrayList<>();
    private final List<Filed> findings = new ArrayList<>();
    private final List<StoryLine> lines = new ArrayList<>();
    private final List<Document.StoryEntry> stories = new ArrayList<>();
    private final Map<Outcome, Long> byOutcome = new EnumMap<>(Outcome.class);
    private final Map<StoryKind, Long> byKind = new EnumMap<>(StoryKind.class);
    private final Map<Integer, Long> byCode = new TreeMap<>();
    private final Map<String, Sheet> sheets = new LinkedHashMap<>();
    private long storyCount;
    private long drawn;
    private long undrawn;
    private long dropped;

    public Docket(Detail detail) {
        this.detail = detail;
    }

    /// Takes one verdict.
    ///
    /// @param inputs the names of the sources, in the order in which verdicts count them
    public void file(Verdict verdict, List<String> inputs) {
        var story = verdict.story();
        doubts.computeIfAbsent(inputs.get(story.source()), _ -> new Doubts()).add(verdict);
        storyCount++;
        byOutcome.merge(verdict.outcome(), 1L, Long::sum);
        byKind.merge(story.kind(), 1L, Long::sum);
        for (var transaction : story.transactions()) {
            for (var answer : transaction.answers()) byCode.merge(answer.code(), 1L, Long::sum);
        }
        for (var finding : verdict.findings()) {
            if (findings.size() < MAX_FINDINGS)
                findings.add(new Filed(finding, verdict.caseId(), inputs.get(finding.source())));
            else dropped++;
        }
        if (detail == Detail.LINES && isNamed(verdict)) lines.add(StoryLine.of(verdict));
        if (detail == Detail.STORIES) stories.add(Entries.story(verdict, inputs));
        if (detail == Detail.SHEETS) draw(verdict);
    }

    private void draw(Verdict verdict) {
        var known = sheets.containsKey(verdict.caseId());
        var wanted =
                known
                        || sheets.size() < FEW
                        || !verdict.findings().isEmpty()
                        || StoryLine.wentWrong(verdict);
        if (!wanted) return;
        if (drawn >= MAX_DRAWN || !known && sheets.size() >= MAX_SHEETS) {
            undrawn++;
            return;
        }
        drawn += verdict.story().messages();
        sheets.computeIfAbsent(
                        verdict.caseId(), _ -> new Sheet(verdict.caseId(), new ArrayList<>()))
                .verdicts()
                .add(verdict);
    }

    /// The cases to be drawn, in the order in which they came.
    List<Sheet> sheets() {
        return List.copyOf(sheets.values());
    }

    /// Stories that should have been drawn and were too many.
    long undrawn() {
        return undrawn;
    }

    /// Few stories are all named; of many, those that went wrong, or of which nothing is known:
    /// busy and hung up is neither.
    private boolean isNamed(Verdict verdict) {
        if (lines.size() >= MAX_LINES) return false;
        return storyCount <= FEW || StoryLine.wentWrong(verdict);
    }

    /// Takes the account of a source that was read to its end.
    public void file(Account account, List<Gap> gaps) {
        sources.add(new Source(account, gaps.stream().limit(MAX_GAPS).toList()));
    }

    /// What is wrong with the evidence, source by source.
    public List<Doubt> doubts() {
        return sources.stream().flatMap(source -> doubts(source).stream()).toList();
    }

    List<Doubt> doubts(Source source) {
        var name = source.account().name();
        return doubts.getOrDefault(name, new Doubts()).list(name, source.gaps());
    }

    public List<Source> sources() {
        return List.copyOf(sources);
    }

    /// By source, then by time.
    public List<Filed> findings() {
        var order = new LinkedHashMap<String, Integer>();
        for (var source : sources) order.putIfAbsent(source.account().name(), order.size());
        return findings.stream()
                .sorted(
                        Comparator.comparing((Filed filed) -> order.getOrDefault(filed.input(), 0))
                                .thenComparing(filed -> filed.finding().at())
                                .thenComparing(filed -> filed.finding().frames().getFirst())
                                .thenComparing(filed -> filed.finding().fault()))
                .toList();
    }

    /// The worst severity found, if anything was.
    public Optional<Severity> worst() {
        return findings.stream()
                .map(filed -> filed.finding().severity())
                .max(Comparator.naturalOrder());
    }

    /// Findings that were let go because there were too many.
    public long dropped() {
        return dropped;
    }

    public long storyCount() {
        return storyCount;
    }

    long count(Outcome outcome) {
        return byOutcome.getOrDefault(outcome, 0L);
    }

    long count(StoryKind kind) {
        return byKind.getOrDefault(kind, 0L);
    }

    Map<Integer, Long> byCode() {
        return byCode;
    }

    /// A line a story, by time; a bounded number.
    List<StoryLine> lines() {
        return lines.stream()
                .sorted(Comparator.comparing(StoryLine::first, Instant::compareTo))
                .toList();
    }

    Optional<List<Document.StoryEntry>> stories() {
        return detail == Detail.STORIES ? Optional.of(List.copyOf(stories)) : Optional.empty();
    }
}
