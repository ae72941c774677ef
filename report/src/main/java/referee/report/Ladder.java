// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
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

/// One case as a ladder, before it is drawn: a lane an address, an arrow a message.
///
/// @param lanes in the order in which they are met; at most [#MOST_LANES], the last of which then
///   stands for all further addresses
/// @param arrows by time
/// @param findings what was found; the marks of the arrows count from 1 in this list
public record Ladder(List<Lane> lanes, List<Arrow> arrows, List<Finding> findings) {
    static final int MOST_LANES = 8;

    /// @param name what the evidence calls it, or what it calls itself; may be empty
    public record Lane(String address, String name) {}

    /// @param from index of a lane
    /// @param to index of a lane, the same for a message to itself
    /// @param label on one line, secrets masked
    /// @param code of a response; 0 for a request
    /// @param again whether the same bytes went this way before
    /// @param marks the findings this message proves, 1-based
    public record Arrow(
            Instant at,
            long frame,
            int from,
            int to,
            String label,
            int code,
            boolean again,
            List<Integer> marks) {}

    /// @param verdicts the stories of one case
    /// @param names what the evidence calls its addresses
    public static Ladder of(List<Verdict> verdicts, Map<Endpoint, String> names) {
        var sightings =
                verdicts.stream()
                        .flatMap(verdict -> verdict.story().sightings())
                        .sorted(
                                Comparator.comparing(Sighting::at)
                                        .thenComparingInt(Sighting::source)
                                        .thenComparingLong(Sighting::number))
                        .toList();
        var findings = verdicts.stream().flatMap(verdict -> verdict.findings().stream()).toList();
        var indices = indices(sightings);
        var lanes =
                indices.keySet().stream()
                        .limit(MOST_LANES)
                        .map(at -> new Lane(at.toString(), name(at, names, sightings)))
                        .toList();
        var seen = new HashSet<Object>();
        var arrows =
                sightings.stream()
                        .map(sighting -> arrow(sighting, indices, findings, seen))
                        .toList();
        return new Ladder(lanes, arrows, findings);
    }

    private static Map<Endpoint, Integer> indices(List<Sighting> sightings) {
        var lanes = new LinkedHashMap<Endpoint, Integer>();
        for (var sighting : sightings) {
            lanes.putIfAbsent(sighting.from(), Math.min(lanes.size(), MOST_LANES - 1));
            lanes.putIfAbsent(sighting.to(), Math.min(lanes.size(), MOST_LANES - 1));
        }
        return lanes;
    }

    private static String name(Endpoint at, Map<Endpoint, String> names, List<Sighting> sightings) {
        var agent = agent(at, sightings);
        return agent.isEmpty() ? Masking.line(names.getOrDefault(at, "")) : agent;
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

    private static Arrow arrow(
            Sighting sighting,
            Map<Endpoint, Integer> lanes,
            List<Finding> findings,
            Set<Object> seen) {
        var message = sighting.message();
        var code = message.start() instanceof StartLine.Response response ? response.code() : 0;
        var again = !seen.add(List.of(sighting.from(), sighting.to(), message.bytes().text()));
        return new Arrow(
                sighting.at(),
                sighting.number(),
                lanes.getOrDefault(sighting.from(), 0),
                lanes.getOrDefault(sighting.to(), 0),
                label(message),
                code,
                again,
                marks(sighting, findings));
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

    private static List<Integer> marks(Sighting sighting, List<Finding> findings) {
        var marks = new ArrayList<Integer>();
        for (var i = 0; i < findings.size(); i++) {
            var finding = findings.get(i);
            if (finding.source() == sighting.source()
                    && finding.frames().contains(sighting.number())) marks.add(i + 1);
        }
        return List.copyOf(marks);
    }
}
