// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import referee.sip.Methods;
import referee.sip.Route;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.StartLine;
import referee.sip.Uri;

/// Which servers of a domain a client has tried, whatever the Call-ID, and which of them answered
/// (RFC 3263 §4).
///
/// Remembers a bounded number; the oldest are forgotten first.
final class Tries {
    private static final int MOST = 5_000;

    /// The latest tries of one client at one domain that are kept.
    private static final int EACH = 8;

    /// A domain name has no more octets (RFC 1035 §2.3.4).
    private static final int LONGEST = 255;

    private record Way(String client, String domain) {}

    private final SequencedMap<Way, List<Try>> known = new LinkedHashMap<>();

    /// Learns how the requests of this story fared.
    ///
    /// @return where nobody answered one of them, what its client tried at the same domain, before
    ///   and in this story: each domain by itself, by time
    List<Try> of(Story story) {
        var failed = new LinkedHashSet<Way>();
        var own = new ArrayList<Try>(0);
        for (var one : story.transactions()) {
            if (one.isInDialog() || one.is(Methods.CANCEL)) continue;
            for (var hop : one.hops()) {
                if (isTold(hop, one)) read(hop, one, story).ifPresent(own::add);
            }
        }
        for (var one : own) {
            learn(one);
            if (!one.isAnswered()) failed.add(way(one));
        }
        if (failed.isEmpty() || story.isOneSided()) return List.of();
        var found = new ArrayList<Try>(2);
        for (var way : failed) found.addAll(with(own, way));
        return found;
    }

    /// What is remembered of this way, which does not hold all of a story with many requests.
    private List<Try> with(List<Try> own, Way way) {
        var all = new LinkedHashSet<>(known.getOrDefault(way, List.of()));
        for (var one : own) if (way(one).equals(way)) all.add(one);
        return all.stream().sorted(Comparator.comparing(Try::at)).toList();
    }

    /// Whether the hop tells how its server is: it answered, or it is where the request got stuck.
    private static boolean isTold(Hop hop, Transaction one) {
        if (hop.requests().isEmpty()) return false;
        return !hop.answers().isEmpty()
                || hop == one.lastHop() && one.finalAnswerAnywhere().isEmpty();
    }

    private static Optional<Try> read(Hop hop, Transaction one, Story story) {
        var request = hop.requests().getFirst();
        return domain(request.message())
                .map(domain ->
                        new Try(
                                story.callId(),
                                hop.client(),
                                domain,
                                hop.server(),
                                hop.depth(),
                                !hop.answers().isEmpty(),
                                request.at(),
                                request.at().plus(one.patience(story.timers())),
                                request.source(),
                                request.number()));
    }

    /// Once a client got through, what it tried in vain before is over; of each server that
    /// answered the latest is enough.
    private void learn(Try one) {
        var tries = known.remove(way(one));
        if (tries == null) tries = new ArrayList<>(1);
        if (one.isAnswered())
            tries.removeIf(it ->
                    it.isAnswered()
                            ? it.server().equals(one.server())
                            : it.at().isBefore(one.at()));
        if (one.isAnswered() || tries.stream().noneMatch(it -> isThrough(it, one))) tries.add(one);
        if (tries.size() > EACH) tries.removeFirst();
        known.put(way(one), tries);
        if (known.size() > MOST) known.pollFirstEntry();
    }

    private static boolean isThrough(Try known, Try before) {
        return known.isAnswered() && known.at().isAfter(before.at());
    }

    private static Way way(Try one) {
        return new Way(one.client().host(), one.domain());
    }

    /// The name that has to be looked up, where a look-up can give several servers: a name without
    /// a port (RFC 3263 §4.2).
    private static Optional<String> domain(SipMessage request) {
        return nextHop(request)
                .filter(uri -> uri instanceof SipUri sip && sip.port() == 0)
                .map(uri -> ((SipUri) uri).host().text().toLowerCase(Locale.ROOT))
                .filter(Tries::isName);
    }

    private static Optional<Uri> nextHop(SipMessage request) {
        var route = request.first(Route.KIND).optional();
        if (route.isPresent()) return route.map(one -> one.address().uri());
        return request.start() instanceof StartLine.Request line
                ? Uri.read(line.uri()).optional()
                : Optional.empty();
    }

    private static boolean isName(String host) {
        return host.length() <= LONGEST
                && host.indexOf(':') < 0
                && host.chars().anyMatch(c -> c != '.' && (c < '0' || c > '9'))
                && !host.endsWith(".invalid")
                && !host.equals("localhost");
    }
}
