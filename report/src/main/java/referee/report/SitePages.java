// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.joining;

import java.util.LinkedHashMap;
import java.util.List;
import referee.reference.Code;
import referee.reference.CodeClass;
import referee.reference.Codes;
import referee.reference.Pairs;
import referee.reference.Term;
import referee.reference.Terms;
import referee.reference.Topic;
import referee.rules.Page;
import referee.rules.Pages;

/// The pages of the site that are lists.
final class SitePages {
    private SitePages() {}

    /// Where a topic stands, seen from the root of the site.
    static String address(Topic topic) {
        return switch (topic.kind()) {
            case "code" -> "codes/" + topic.name() + ".html";
            case "fault" -> "faults/" + topic.name() + ".html";
            default -> "terms.html#" + PageHtml.anchor(topic.title());
        };
    }

    static String comparison(Code one, Code other) {
        var smaller = Math.min(one.number(), other.number());
        var larger = Math.max(one.number(), other.number());
        return "compare/" + smaller + "-" + larger + ".html";
    }

    static String home() {
        var html = new StringBuilder();
        html.append("<h1>What a SIP answer means, and what to do about it</h1>\n");
        html.append(
                "<p>Every SIP response code and every known fault: what it means, when you see it, whose move it is, how to fix it. Type a code, a word or what you see into the search box.</p>\n");
        html.append("<h2 id=\"codes\">Response codes</h2>\n");
        for (var codeClass : CodeClass.values()) codes(codeClass, html);
        html.append("<h2 id=\"faults\">Faults</h2>\n");
        Pages.all().stream()
                .collect(
                        groupingBy(
                                Page::flow,
                                LinkedHashMap::new,
                                java.util.stream.Collectors.toList()))
                .forEach((flow, pages) -> faults(flow, pages, html));
        return html.toString();
    }

    private static void codes(CodeClass codeClass, StringBuilder html) {
        html.append(
                "<h3>%s: %s</h3>\n<ul class=\"list\">\n"
                        .formatted(codeClass.word(), Html.text(codeClass.says())));
        for (var code : Codes.of(codeClass)) {
            var standing = code.standing().isRegistered() ? "" : " class=\"faint\"";
            html.append(
                    "<li%s><a href=\"codes/%d.html\"><b>%d</b> %s</a> <span>%s</span></li>\n"
                            .formatted(
                                    standing,
                                    code.number(),
                                    code.number(),
                                    Html.text(code.name()),
                                    Html.text(code.says())));
        }
        html.append("</ul>\n");
    }

    private static void faults(String flow, List<Page> pages, StringBuilder html) {
        html.append("<h3>%s</h3>\n<ul class=\"list\">\n".formatted(heading(flow)));
        for (var page : pages)
            html.append(
                    "<li><a href=\"faults/%s.html\"><b>%s</b></a> <span>%s</span></li>\n"
                            .formatted(page.id(), page.id(), Html.text(page.summary())));
        html.append("</ul>\n");
    }

    private static String heading(String flow) {
        return switch (flow) {
            case "auth" -> "Authentication";
            case "transfer" -> "Transfers";
            case "call" -> "Calls";
            case "network" -> "Network: addresses, routes, transport, ACK";
            case "session" -> "Running calls and extensions";
            case "registration" -> "Registrations";
            default -> Html.text(flow);
        };
    }

    static String comparisons() {
        var options =
                Codes.all().stream()
                        .map(code ->
                                "<option value=\"%d\">%s</option>"
                                        .formatted(code.number(), Html.text(code.title())))
                        .collect(joining("\n"));
        var html = new StringBuilder();
        html.append(
                """
                <h1>Compare two codes</h1>
                <form id="compare" hidden>
                <label>One <select name="a">
                %s
                </select></label>
                <label>Another <select name="b">
                %s
                </select></label>
                <button type="submit">Compare</button>
                </form>
                <h2>Pairs that people confuse</h2>
                <ul class="list">
                """
                        .formatted(options, options));
        for (var code : Codes.all()) {
            Pairs.with(code).forEach((other, words) -> pair(code, other, words, html));
        }
        return html.append("</ul>\n").toString();
    }

    private static void pair(Code one, Code other, String words, StringBuilder html) {
        if (one.number() > other.number()) return;
        var end = words.indexOf(". ");
        html.append(
                "<li><a href=\"%s\"><b>%d and %d</b></a> <span>%s</span></li>\n"
                        .formatted(
                                comparison(one, other),
                                one.number(),
                                other.number(),
                                Html.text(end < 0 ? words : words.substring(0, end + 1))));
    }

    /// Methods, option tags and the rest, on one page.
    static String terms() {
        var html = new StringBuilder("<h1>The rest of the language</h1>\n");
        var kinds =
                Terms.all().stream()
                        .collect(
                                groupingBy(
                                        Term::kind,
                                        LinkedHashMap::new,
                                        java.util.stream.Collectors.toList()));
        html.append("<p>");
        html.append(
                kinds.keySet().stream()
                        .map(kind ->
                                "<a href=\"#%s\">%s</a>"
                                        .formatted(
                                                PageHtml.anchor(kind + " list"),
                                                Html.text(kinds(kind))))
                        .collect(joining(" · ")));
        html.append("</p>\n");
        kinds.forEach((kind, terms) -> terms(kind, terms, html));
        return html.toString();
    }

    private static void terms(String kind, List<Term> terms, StringBuilder html) {
        html.append(
                "<h2 id=\"%s\">%s</h2>\n<dl>\n"
                        .formatted(PageHtml.anchor(kind + " list"), Html.text(kinds(kind))));
        for (var term : terms) {
            var facts =
                    term.facts().entrySet().stream()
                            .map(fact -> fact.getKey() + ": " + fact.getValue())
                            .collect(joining("; "));
            var more =
                    List.of(facts, term.source()).stream()
                            .filter(one -> !one.isEmpty())
                            .collect(joining(". "));
            html.append(
                    "<dt id=\"%s\">%s</dt>\n<dd>%s%s</dd>\n"
                            .formatted(
                                    PageHtml.anchor(term.title()),
                                    Html.text(term.name()),
                                    Html.text(term.summary()),
                                    more.isEmpty()
                                            ? ""
                                            : " <small>" + Html.text(more) + "</small>"));
        }
        html.append("</dl>\n");
    }

    private static String kinds(String kind) {
        return switch (kind) {
            case "cause" -> "Q.850 causes";
            case "reason" -> "Reason protocols and their causes";
            case "warning" -> "Warning codes";
            default ->
                    kind.substring(0, 1).toUpperCase(java.util.Locale.ROOT)
                            + kind.substring(1)
                            + "s";
        };
    }
}
