// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import referee.diagnosis.Finding;
import referee.diagnosis.Outcome;
import referee.diagnosis.Responsible;
import referee.diagnosis.StoryKind;
import referee.evidence.Gap;
import referee.rules.Page;
import referee.rules.Pages;

/// The report for a person: what was read, how each story ended, then every finding with whose move
/// it is and how to fix it.
public final class TextReport {
    private static final int MOST_LINES = 40;
    private static final int MOST_DOUBTS = 12;
    private static final int MOST_ALIKE = 10;
    private static final int MARGIN = 14;

    private static final String NO_SIP =
            "No SIP was found. Is the capture of the right interface, and is the signalling encrypted?";
    private static final String ENCRYPTED =
            "No SIP could be read, since it is encrypted. Give the secrets of its TLS sessions: --keylog FILE";

    private final Ink ink;
    private final Appendable out;

    public TextReport(Ink ink, Appendable out) {
        this.ink = ink;
        this.out = out;
    }

    public void write(Docket docket) throws IOException {
        for (var source : docket.sources()) source(source);
        capture(docket);
        stories(docket);
        findings(docket);
    }

    private void source(Docket.Source source) throws IOException {
        var account = source.account();
        var frames = account.isLog() ? "" : account.frames() + " frames, ";
        line(
                ink.bold(account.name())
                        + " · "
                        + account.kind()
                        + " · "
                        + frames
                        + account.messages()
                        + " SIP messages");
        if (account.from().isPresent() && account.to().isPresent()) {
            var span = java.time.Duration.between(account.from().get(), account.to().get());
            line("  " + Times.day(account.from().get()) + " UTC, watched for " + Times.span(span));
        }
        for (var note : account.notes()) line("  " + Wrap.at("note: " + note, 4));
    }

    /// What is wrong with the evidence, and what it therefore cannot tell.
    private void capture(Docket docket) throws IOException {
        var doubts = docket.doubts();
        if (doubts.isEmpty()) return;
        line("");
        line("Capture");
        for (var doubt : doubts.stream().limit(MOST_DOUBTS).toList()) {
            var input = docket.sources().size() > 1 ? doubt.input() + ": " : "";
            line(
                    "  "
                            + Wrap.at(
                                    input
                                            + doubt.says()
                                            + " — cannot tell "
                                            + doubt.cannotTell()
                                            + " — "
                                            + doubt.advice(),
                                    4));
        }
        if (doubts.size() > MOST_DOUBTS)
            line("  and " + (doubts.size() - MOST_DOUBTS) + " more: --format json lists them");
    }

    private void stories(Docket docket) throws IOException {
        if (docket.storyCount() == 0) {
            line("");
            line(isEncrypted(docket) ? ENCRYPTED : NO_SIP);
            return;
        }
        line("");
        line(summary(docket));
        var notable = docket.lines().stream().filter(one -> isNotable(one, docket)).toList();
        for (var one : notable.stream().limit(MOST_LINES).toList()) story(one);
        if (notable.size() > MOST_LINES) {
            line("  and " + (notable.size() - MOST_LINES) + " more: referee show lists them all");
        }
    }

    private static boolean isEncrypted(Docket docket) {
        return docket.sources().stream()
                .flatMap(source -> source.gaps().stream())
                .anyMatch(gap -> gap.kind() == Gap.Kind.ENCRYPTED);
    }

    /// With few stories all are named; with many, those that went wrong.
    private static boolean isNotable(StoryLine one, Docket docket) {
        return docket.storyCount() <= Docket.FEW || one.wrong();
    }

    static String summary(Docket docket) {
        var kinds = new ArrayList<String>();
        for (var kind : StoryKind.values()) {
            if (docket.count(kind) > 0)
                kinds.add(docket.count(kind) + " " + words(kind, docket.count(kind)));
        }
        var outcomes = new ArrayList<String>();
        for (var outcome : Outcome.values()) {
            if (docket.count(outcome) > 0)
                outcomes.add(docket.count(outcome) + " " + outcome.word());
        }
        return String.join(", ", kinds) + ": " + String.join(", ", outcomes);
    }

    private static String words(StoryKind kind, long count) {
        return switch (kind) {
            case CALL -> count == 1 ? "call" : "calls";
            case REGISTRATION -> count == 1 ? "registration" : "registrations";
            case TRANSFER -> count == 1 ? "transfer" : "transfers";
            case SUBSCRIPTION -> count == 1 ? "subscription" : "subscriptions";
            case OTHER -> count == 1 ? "other exchange" : "other exchanges";
        };
    }

    private void story(StoryLine one) throws IOException {
        line(
                "  %-9s  %-12s  %s  %s"
                        .formatted(
                                one.outcome().word(),
                                one.kind().word(),
                                ink.faint(Times.clock(one.first())),
                                Wrap.at(one.who(), 41)));
        if (!one.why().isEmpty()) line(" ".repeat(41) + Wrap.at(one.why(), 41));
        for (var link : one.links()) line(" ".repeat(41) + ink.faint(Wrap.at(link, 41)));
    }

    /// The findings alone.
    public void findings(Docket docket) throws IOException {
        if (docket.storyCount() == 0) return;
        var groups =
                docket.findings().stream()
                        .collect(
                                Collectors.groupingBy(
                                        TextReport::likeness,
                                        LinkedHashMap::new,
                                        Collectors.toList()));
        line("");
        if (groups.isEmpty()) {
            line("Nothing found that anyone has to mend.");
            return;
        }
        line(docket.findings().size() == 1 ? "1 finding" : docket.findings().size() + " findings");
        var ordered = new ArrayList<>(groups.values());
        ordered.sort((a, b) ->
                b.getFirst().finding().severity().compareTo(a.getFirst().finding().severity()));
        for (var alike : ordered) group(alike, docket.sources().size() > 1);
    }

    /// Findings of the same fault with the same roles responsible are told once, and the others
    /// listed below.
    private static List<Object> likeness(Docket.Filed filed) {
        var finding = filed.finding();
        var roles = finding.responsible().stream().map(Responsible::role).toList();
        return List.of(finding.fault(), finding.severity(), roles);
    }

    private void group(List<Docket.Filed> alike, boolean named) throws IOException {
        var filed = alike.getFirst();
        var finding = filed.finding();
        var page = Pages.of(finding.fault());
        var severity = finding.severity().word().toUpperCase(Locale.ROOT);
        line("");
        line(
                ink.of(finding.severity(), severity)
                        + "  "
                        + ink.bold(finding.fault())
                        + "  "
                        + ink.faint("(" + finding.certainty().word() + ")"));
        line("  " + Wrap.at(Masking.words(finding.says()), 2));
        item(
                "Whose move",
                finding.responsible().stream()
                        .map(TextReport::who)
                        .collect(Collectors.joining(", or ")));
        item("Where", where(filed, named));
        if (page.isPresent()) advice(page.get(), finding);
        for (var other : alike.stream().skip(1).limit(MOST_ALIKE).toList()) {
            item(
                    "Also",
                    Masking.words(other.finding().says())
                            + " · "
                            + whose(other.finding())
                            + " · "
                            + where(other, named));
        }
        if (alike.size() > MOST_ALIKE + 1)
            item("", "and " + (alike.size() - MOST_ALIKE - 1) + " more like this");
        item("More", "referee explain " + finding.fault());
    }

    private void advice(Page page, Finding finding) throws IOException {
        item("Why", page.summary());
        var fixes = page.fixes(finding);
        for (var i = 0; i < fixes.size(); i++) {
            var number = i + 1 + ". ";
            var label = i == 0 ? "How to fix" : "";
            line(
                    "  %-12s".formatted(label)
                            + number
                            + Wrap.at(
                                    Masking.words(fixes.get(i)).replace("`", ""),
                                    MARGIN + number.length()));
        }
        var confirm = page.confirm(finding);
        if (confirm.isPresent()) item("Confirm", Masking.words(confirm.get()));
        item("Source", String.join("; ", page.references()));
    }

    private void item(String label, String text) throws IOException {
        line("  %-12s".formatted(label) + Wrap.at(text, MARGIN));
    }

    static String whose(Finding finding) {
        return finding.responsible().stream()
                .map(TextReport::who)
                .collect(Collectors.joining(", or "));
    }

    private static String who(Responsible one) {
        return one.role().word() + one.at().map(at -> " " + at).orElse("");
    }

    private static String where(Docket.Filed filed, boolean named) {
        var numbers =
                filed.finding().frames().stream()
                        .map(String::valueOf)
                        .collect(Collectors.joining(", "));
        var frames = (filed.finding().frames().size() == 1 ? "frame " : "frames ") + numbers;
        return (named ? filed.input() + " " : "")
                + frames
                + ", Call-ID "
                + Masking.line(filed.finding().callId());
    }

    private void line(String text) throws IOException {
        out.append(text).append('\n');
    }
}
