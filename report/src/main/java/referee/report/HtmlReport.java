// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import referee.rules.Page;
import referee.rules.Pages;

/// The report as one HTML file that asks nothing of anyone: what was found, each case as a ladder
/// whose arrows open their messages, and the pages of the faults behind it.
public final class HtmlReport {
    private final String version;

    /// @param version of the program that writes it
    public HtmlReport(String version) {
        this.version = version;
    }

    /// @param docket that was kept with [Docket.Detail#SHEETS]
    public void write(Docket docket, Appendable out) throws IOException {
        var script = Resources.text("report.js");
        var body = new StringBuilder();
        inputs(docket, body);
        doubts(docket, body);
        findings(docket, body);
        cases(docket, body);
        pages(docket, body);
        out.append(
                Resources.text("report.html")
                        .formatted(
                                hash(script),
                                Resources.text("site.css") + Resources.text("report.css"),
                                body,
                                Html.text(version),
                                script));
    }

    private static void inputs(Docket docket, StringBuilder html) {
        var count = docket.findings().size();
        html.append(
                "<h1>%s</h1>\n"
                        .formatted(
                                count == 0
                                        ? "Nothing found that anyone has to mend"
                                        : count == 1 ? "1 finding" : count + " findings"));
        html.append("<p>%s</p>\n<ul>\n".formatted(Html.text(TextReport.summary(docket))));
        for (var source : docket.sources()) {
            var account = source.account();
            var span =
                    account.from().map(Times::day).orElse("")
                            + account.to().map(to -> " to " + Times.day(to) + " UTC").orElse("");
            html.append(
                    "<li><strong>%s</strong>: %s, %d frames, %d SIP messages%s"
                            .formatted(
                                    Html.text(Masking.line(account.name())),
                                    Html.text(account.kind()),
                                    account.frames(),
                                    account.messages(),
                                    span.isEmpty() ? "" : ", " + span));
            for (var note : account.notes()) html.append("; ").append(Html.text(note));
            html.append("</li>\n");
        }
        html.append("</ul>\n");
    }

    /// What is wrong with the evidence, and what it cannot tell.
    private static void doubts(Docket docket, StringBuilder html) {
        var doubts = docket.doubts();
        if (doubts.isEmpty()) return;
        html.append("<h2 id=\"capture\">The capture</h2>\n<ul>\n");
        for (var doubt : doubts)
            html.append(
                    "<li><strong>%s</strong>: %s — cannot tell %s — %s</li>\n"
                            .formatted(
                                    Html.text(Masking.line(doubt.input())),
                                    Html.text(Masking.words(doubt.says())),
                                    Html.text(doubt.cannotTell()),
                                    Html.text(doubt.advice())));
        html.append("</ul>\n");
    }

    private static void findings(Docket docket, StringBuilder html) {
        if (docket.findings().isEmpty()) return;
        html.append("<h2 id=\"findings\">Findings</h2>\n");
        var worstFirst =
                docket.findings().stream()
                        .sorted((a, b) -> b.finding().severity().compareTo(a.finding().severity()))
                        .toList();
        for (var filed : worstFirst) finding(filed, docket.sheets(), html);
    }

    private static void finding(Docket.Filed filed, List<Docket.Sheet> sheets, StringBuilder html) {
        var entry = Entries.finding(filed);
        html.append("<article class=\"finding\">\n");
        html.append(
                "<h3><span class=\"severity %s\">%s</span> <a href=\"#page-%s\">%s</a> <small>%s</small></h3>\n"
                        .formatted(
                                entry.severity(),
                                entry.severity(),
                                entry.fault(),
                                entry.fault(),
                                entry.certainty()));
        html.append("<p>%s</p>\n<dl>\n".formatted(Html.text(entry.says())));
        item("Whose move", Html.text(TextReport.whose(filed.finding())), html);
        item("Where", where(entry, sheets), html);
        if (!entry.fix().isEmpty())
            item(
                    "How to fix",
                    "<ol>"
                            + entry.fix().stream()
                                    .map(one -> "<li>" + prose(one) + "</li>")
                                    .collect(joining())
                            + "</ol>",
                    html);
        if (entry.confirm() != null)
            item("Confirm", "<code>" + Html.text(entry.confirm()) + "</code>", html);
        item("Source", Html.text(String.join("; ", entry.references())), html);
        html.append("</dl>\n</article>\n");
    }

    private static String where(Document.Entry entry, List<Docket.Sheet> sheets) {
        var number = number(entry, sheets);
        var frames = entry.frames().stream().map(String::valueOf).collect(joining(", "));
        var words =
                "%s, frame%s %s, Call-ID %s"
                        .formatted(
                                Masking.line(entry.input()),
                                entry.frames().size() == 1 ? "" : "s",
                                frames,
                                Masking.line(entry.callId()));
        return number == 0
                ? Html.text(words)
                : "<a href=\"#case-%d\">case %d</a>: %s"
                        .formatted(number, number, Html.text(words));
    }

    /// The 1-based number of its case on the page; 0 if that is not drawn.
    private static int number(Document.Entry entry, List<Docket.Sheet> sheets) {
        for (var i = 0; i < sheets.size(); i++)
            if (sheets.get(i).caseId().equals(entry.caseId())) return i + 1;
        return 0;
    }

    /// Text with code between backquotes.
    private static String prose(String text) {
        var out = new StringBuilder();
        var parts = text.split("`", -1);
        for (var i = 0; i < parts.length; i++) {
            var part = Html.text(parts[i]);
            out.append(i % 2 == 0 ? part : "<code>" + part + "</code>");
        }
        return out.toString();
    }

    private static void item(String term, String html, StringBuilder out) {
        out.append("<dt>%s</dt><dd>%s</dd>\n".formatted(term, html));
    }

    private static void cases(Docket docket, StringBuilder html) {
        if (docket.sheets().isEmpty()) return;
        html.append("<h2 id=\"cases\">Cases</h2>\n");
        var names = new HashMap<referee.evidence.Endpoint, String>();
        for (var source : docket.sources()) names.putAll(source.account().names());
        var sheets = docket.sheets();
        for (var i = 0; i < sheets.size(); i++)
            new CaseHtml(sheets.get(i), i + 1, names).write(html);
        if (docket.undrawn() > 0)
            html.append(
                    "<p>%d stories more are not drawn: name a Call-ID with --call to see one.</p>\n"
                            .formatted(docket.undrawn()));
    }

    private static void pages(Docket docket, StringBuilder html) {
        var found = new LinkedHashMap<String, Page>();
        for (var filed : docket.findings())
            Pages.of(filed.finding().fault()).ifPresent(page -> found.put(page.id(), page));
        if (found.isEmpty()) return;
        html.append("<h2 id=\"pages\">The pages of these faults</h2>\n");
        var targets =
                new PageHtml.Targets() {
                    @Override
                    public Optional<String> fault(String id) {
                        return found.containsKey(id)
                                ? Optional.of("#page-" + id)
                                : Optional.empty();
                    }

                    @Override
                    public Optional<String> code(int number) {
                        return Optional.empty();
                    }
                };
        for (var page : found.values()) {
            html.append(
                    "<details class=\"page\" id=\"page-%s\"><summary>%s: %s</summary>\n%s</details>\n"
                            .formatted(
                                    page.id(),
                                    page.id(),
                                    Html.text(page.summary()),
                                    new PageHtml(targets, page.id() + "-").of(below(page.text()))));
        }
    }

    /// The page without its title, headings two levels lower.
    private static String below(String markdown) {
        var out = new StringBuilder();
        var fenced = false;
        for (var line : markdown.lines().skip(1).toList()) {
            if (line.startsWith("```")) fenced = !fenced;
            out.append(!fenced && line.startsWith("##") ? "#" + line : line).append('\n');
        }
        return out.toString();
    }

    /// For the policy that lets this script run and no other.
    private static String hash(String script) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
