// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import referee.diagnosis.Severity;
import referee.rules.Page;
import referee.rules.Pages;

/// The report as JUnit XML for build servers: a suite an input, a test a fault looked for, which
/// fails with what was found of it.
public final class JunitReport {
    private final Severity failAt;
    private final Appendable out;

    /// @param failAt findings below it are told, and fail nothing
    public JunitReport(Severity failAt, Appendable out) {
        this.failAt = failAt;
        this.out = out;
    }

    /// @param faults the ids that were looked for
    public void write(Docket docket, List<String> faults) throws IOException {
        var pages = Pages.all().stream().filter(page -> faults.contains(page.id())).toList();
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuites name=\"referee\">\n");
        for (var source : docket.sources()) suite(source.account().name(), docket, pages);
        out.append("</testsuites>\n");
    }

    private void suite(String input, Docket docket, List<Page> pages) throws IOException {
        var found = docket.findings().stream().filter(one -> one.input().equals(input)).toList();
        var failed = pages.stream().filter(page -> !failing(page, found).isEmpty()).count();
        out.append(
                "<testsuite name=\"%s\" tests=\"%d\" failures=\"%d\" errors=\"0\" skipped=\"0\">\n"
                        .formatted(Html.text(Masking.line(input)), pages.size(), failed));
        for (var page : pages) test(page, found);
        out.append("</testsuite>\n");
    }

    private void test(Page page, List<Docket.Filed> found) throws IOException {
        var failing = failing(page, found);
        var told = new ArrayList<>(of(page, found));
        told.removeAll(failing);
        out.append(
                "<testcase classname=\"referee.%s\" name=\"%s\"%s>"
                        .formatted(
                                page.flow(),
                                page.id(),
                                failing.isEmpty() && told.isEmpty() ? "/" : ""));
        if (!failing.isEmpty()) {
            out.append(
                    "\n<failure type=\"%s\" message=\"%s\">%s</failure>"
                            .formatted(
                                    failing.getFirst().finding().severity().word(),
                                    Html.text(Entries.finding(failing.getFirst()).says()),
                                    text(failing)));
        }
        if (!told.isEmpty()) out.append("\n<system-out>" + text(told) + "</system-out>");
        out.append(failing.isEmpty() && told.isEmpty() ? "\n" : "\n</testcase>\n");
    }

    private static List<Docket.Filed> of(Page page, List<Docket.Filed> found) {
        return found.stream().filter(one -> one.finding().fault().equals(page.id())).toList();
    }

    private List<Docket.Filed> failing(Page page, List<Docket.Filed> found) {
        return of(page, found).stream()
                .filter(one -> one.finding().severity().compareTo(failAt) >= 0)
                .toList();
    }

    private static String text(List<Docket.Filed> findings) {
        return findings.stream().map(JunitReport::text).collect(Collectors.joining("\n\n"));
    }

    private static String text(Docket.Filed filed) {
        var entry = Entries.finding(filed);
        return Html.text(
                "%s (%s)\nWhose move: %s\nWhere: frames %s, Call-ID %s\nHow to fix: %s"
                        .formatted(
                                entry.says(),
                                entry.certainty(),
                                TextReport.whose(filed.finding()),
                                entry.frames(),
                                Masking.line(entry.callId()),
                                String.join(" ", entry.fix())));
    }
}
