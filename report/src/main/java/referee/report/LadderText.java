// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Verdict;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.StartLine;

/// One case as a ladder in text: a column an address, a line a message, findings below.
public final class LadderText {
    private static final int LANE = 30;
    private static final int MOST_LANES = 8;
    private static final int TIME = 22;

    private final Appendable out;

    public LadderText(Appendable out) {
        this.out = out;
    }

    /// @param verdicts the stories of one case
    public void write(List<Verdict> verdicts) throws IOException {
        var sightings =
                verdicts.stream()
                        .flatMap(verdict -> verdict.story().sightings())
                        .sorted(LadderText::compare)
                        .toList();
        var lanes = lanes(sightings);
        var findings = verdicts.stream().flatMap(verdict -> verdict.findings().stream()).toList();
        header(lanes, sightings);
        var seen = new HashSet<Object>();
        for (var sighting : sightings)
            arrow(sighting, lanes, marks(sighting, findings), isAgain(sighting, seen));
        notes(findings);
    }

    private static int compare(Sighting one, Sighting other) {
        var byTime = one.at().compareTo(other.at());
        return byTime != 0 ? byTime : Long.compare(one.number(), other.number());
    }

    private static Map<Endpoint, Integer> lanes(List<Sighting> sightings) {
        var lanes = new LinkedHashMap<Endpoint, Integer>();
        for (var sighting : sightings) {
            lanes.putIfAbsent(sighting.from(), Math.min(lanes.size(), MOST_LANES - 1));
            lanes.putIfAbsent(sighting.to(), Math.min(lanes.size(), MOST_LANES - 1));
        }
        return lanes;
    }

    private void header(Map<Endpoint, Integer> lanes, List<Sighting> sightings) throws IOException {
        var addresses = new StringBuilder(" ".repeat(TIME));
        var agents = new StringBuilder(" ".repeat(TIME));
        for (var lane : lanes.keySet().stream().limit(MOST_LANES).toList()) {
            addresses.append(cell(lane.toString()));
            agents.append(cell(agent(lane, sightings)));
        }
        line(addresses.toString());
        if (!agents.toString().isBlank()) line(agents.toString());
    }

    private static String agent(Endpoint at, List<Sighting> sightings) {
        for (var sighting : sightings) {
            if (!sighting.from().equals(at) || sighting.message().raw(HeaderName.VIA).isEmpty())
                continue;
            var name = sighting.message().isRequest() ? HeaderName.USER_AGENT : HeaderName.SERVER;
            var value =
                    sighting.message()
                            .raw(name)
                            .or(() -> sighting.message().raw(HeaderName.USER_AGENT));
            if (value.isPresent()) return Masking.line(value.get().text());
        }
        return "";
    }

    private static String cell(String text) {
        var cut = text.length() > LANE - 2 ? text.substring(0, LANE - 3) + "…" : text;
        return cut + " ".repeat(LANE - cut.length());
    }

    private void arrow(Sighting sighting, Map<Endpoint, Integer> lanes, String marks, boolean again)
            throws IOException {
        int from = lanes.getOrDefault(sighting.from(), 0);
        int to = lanes.getOrDefault(sighting.to(), 0);
        var label = label(sighting.message()) + (again ? " (again)" : "");
        var left = Math.min(from, to);
        var width = Math.max(1, Math.abs(to - from)) * LANE;
        var shaft =
                new StringBuilder(
                        "%-12s %6d  ".formatted(Times.clock(sighting.at()), sighting.number()));
        shaft.append(" ".repeat(Math.max(0, TIME - shaft.length())));
        for (var i = 0; i < left; i++) shaft.append('|').append(" ".repeat(LANE - 1));
        var room = width - 4;
        var text = label.length() > room ? label.substring(0, room - 1) + "…" : label;
        var rest = "-".repeat(room - text.length());
        var forward = to > from;
        var loop = to == from;
        shaft.append('|')
                .append(loop ? "@ " : forward ? "-" : "<")
                .append(text)
                .append(loop ? "" : rest)
                .append(loop ? "" : forward ? "->|" : "--|");
        line(shaft + (marks.isEmpty() ? "" : "  " + marks));
    }

    private static String label(SipMessage message) {
        return switch (message.start()) {
            case StartLine.Request request ->
                    Masking.line(request.method()) + extra(message, request.method());
            case StartLine.Response response ->
                    Masking.line(
                            response.code()
                                    + " "
                                    + response.reason().text().strip()
                                    + " ("
                                    + message.method()
                                    + ")");
        };
    }

    private static String extra(SipMessage message, String method) {
        return switch (method) {
            case "NOTIFY" -> sipfrag(message);
            case "REFER" ->
                    message.raw(HeaderName.REFER_TO)
                            .map(to -> " to " + Addresses.plain(to.text()))
                            .orElse("");
            default ->
                    message.has(HeaderName.AUTHORIZATION)
                                    || message.has(HeaderName.PROXY_AUTHORIZATION)
                            ? " +auth"
                            : "";
        };
    }

    private static String sipfrag(SipMessage message) {
        var body = message.body();
        if (!body.startsWith("SIP/2.0 ")) return "";
        var end = body.indexOf('\r') < 0 ? body.indexOf('\n') : body.indexOf('\r');
        return " [" + Masking.line(body.sub(8, end < 8 ? body.length() : end).text()) + "]";
    }

    private static boolean isAgain(Sighting sighting, Set<Object> seen) {
        return !seen.add(
                List.of(sighting.from(), sighting.to(), sighting.message().bytes().text()));
    }

    private static String marks(Sighting sighting, List<Finding> findings) {
        var marks = new ArrayList<String>();
        for (var i = 0; i < findings.size(); i++) {
            if (findings.get(i).frames().contains(sighting.number()))
                marks.add("[" + (i + 1) + "]");
        }
        return String.join("", marks);
    }

    private void notes(List<Finding> findings) throws IOException {
        if (!findings.isEmpty()) line("");
        for (var i = 0; i < findings.size(); i++) {
            var finding = findings.get(i);
            line("[%d] %s %s".formatted(i + 1, finding.severity().word(), finding.fault()));
            line("    " + Wrap.at(Masking.words(finding.says()), 4));
        }
    }

    private void line(String text) throws IOException {
        out.append(text.stripTrailing()).append('\n');
    }
}
