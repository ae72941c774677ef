// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.HeaderName;

/// A stateless, record-routing proxy before one of the parties (RFC 3261 §16.11), seen on both of
/// its sides.
final class ExtraHop {
    private static final Pattern BRANCH = Pattern.compile(";branch=z9hG4bK([^;,\\s]+)");
    private static final long DELAY_NANOS = 1_000_000;

    private final String party;
    private final Endpoint proxy;
    private final Set<String> opening = new HashSet<>();
    private final Set<String> refused = new HashSet<>();

    private ExtraHop(Endpoint party) {
        this.party = party.host();
        this.proxy = new Endpoint(this.party.contains(":") ? "2001:db8::250" : "192.0.2.250", 5060);
    }

    static Tape before(Endpoint party, Tape tape) {
        var hop = new ExtraHop(party);
        var out = new ArrayList<Sighting>();
        for (var seen : tape.messages()) hop.pass(seen, out);
        out.sort(java.util.Comparator.comparing(Sighting::at));
        return Tape.of(out, tape.until().plusNanos(DELAY_NANOS));
    }

    private void pass(Sighting seen, List<Sighting> out) {
        if (!seen.from().host().equals(party) && !seen.to().host().equals(party)) {
            out.add(seen);
            return;
        }
        var near = seen.message().isRequest() ? request(seen) : answer(seen, true);
        var far = seen.message().isRequest() ? passedOn(seen) : answer(seen, false);
        out.add(between(near, seen.from(), proxy, 0));
        out.add(between(far, proxy, seen.to(), DELAY_NANOS));
    }

    private Sighting request(Sighting seen) {
        return isRouted(seen) ? adding(seen, "Route: " + route()) : seen;
    }

    private Sighting passedOn(Sighting seen) {
        var message = seen.message();
        var inDialog = text(seen, HeaderName.TO).contains("tag=");
        var opens = !inDialog && List.of("INVITE", "SUBSCRIBE", "REFER").contains(message.method());
        if (opens) opening.add(key(seen));
        var more = opens ? adding(seen, "Record-Route: " + route()) : seen;
        return Wording.reworded(
                adding(more, via(seen)),
                lines -> {
                    lines.replaceAll(line ->
                            Wording.name(line).equals("max-forwards")
                                    ? "Max-Forwards: "
                                            + (Integer.parseInt(line.substring(13).strip()) - 1)
                                    : line);
                    return lines;
                });
    }

    private Sighting answer(Sighting seen, boolean near) {
        var code = seen.message().code();
        var key = key(seen);
        if (code >= 300) refused.add(key);
        var routed =
                code > 100 && code < 300 && opening.contains(key)
                        ? adding(seen, "Record-Route: " + route())
                        : seen;
        return near ? adding(routed, via(seen)) : routed;
    }

    /// An ACK to a refusal belongs to the INVITE's transaction and takes its way.
    private boolean isRouted(Sighting seen) {
        var method = seen.message().method();
        if (method.equals("CANCEL") || !text(seen, HeaderName.TO).contains("tag=")) return false;
        return !method.equals("ACK") || !refused.contains(key(seen));
    }

    private String via(Sighting seen) {
        var top = text(seen, HeaderName.VIA);
        var found = BRANCH.matcher(top);
        var branch =
                found.find()
                        ? Integer.toHexString(found.group(1).hashCode())
                        : Integer.toHexString(top.hashCode());
        return "Via: SIP/2.0/%s %s;branch=z9hG4bKhop-%s".formatted(seen.transport(), proxy, branch);
    }

    private String route() {
        return "<sip:" + proxy + ";lr>";
    }

    private static String key(Sighting seen) {
        return text(seen, HeaderName.CALL_ID) + text(seen, HeaderName.CSEQ).replaceAll("\\D.*", "");
    }

    private static String text(Sighting seen, HeaderName name) {
        return seen.message().raw(name).map(referee.sip.Slice::text).orElse("");
    }

    private static Sighting adding(Sighting seen, String line) {
        return Wording.reworded(
                seen,
                lines -> {
                    lines.addFirst(line);
                    return lines;
                });
    }

    private static Sighting between(Sighting s, Endpoint from, Endpoint to, long nanos) {
        return new Sighting(
                s.number(),
                s.at().plusNanos(nanos),
                from,
                to,
                s.transport(),
                s.message(),
                s.exact());
    }
}
