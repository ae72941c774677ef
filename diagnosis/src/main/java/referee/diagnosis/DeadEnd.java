// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;

/// Where requests ended, as ICMP errors about them say.
///
/// @param by who said so
/// @param server whom the requests were for
/// @param frames of the errors in the source of the requests, as far as that numbers them
/// @param whole whether there are as many errors as requests
public record DeadEnd(
        Endpoint by,
        Endpoint server,
        Unreachable.Reason reason,
        int count,
        List<Long> frames,
        boolean whole) {

    static Optional<DeadEnd> of(List<Hop> hops, Duration wait, List<Unreachable> errors) {
        var about = new ArrayList<Unreachable>(0);
        var requests = 0;
        for (var hop : hops) {
            requests += hop.requests().size();
            for (var error : errors) {
                if (isAbout(error, hop, wait) && !about.contains(error)) about.add(error);
            }
        }
        if (about.isEmpty()) return Optional.empty();
        var source = source(hops);
        var seen = inOneSource(about, source);
        var first = seen.getFirst();
        return Optional.of(
                new DeadEnd(
                        first.by(),
                        first.to(),
                        first.reason(),
                        seen.size(),
                        seen.stream()
                                .filter(one -> one.source() == source && one.frame() > 0)
                                .map(Unreachable::frame)
                                .toList(),
                        seen.size() >= requests));
    }

    private static int source(List<Hop> hops) {
        return hops.stream()
                .flatMap(hop -> hop.requests().stream())
                .mapToInt(Sighting::source)
                .findFirst()
                .orElse(0);
    }

    /// An error that passed several places where somebody looked is one: those of the source that
    /// the requests were seen in, or else of the one that saw the most.
    private static List<Unreachable> inOneSource(List<Unreachable> errors, int source) {
        var bySource = errors.stream().collect(Collectors.groupingBy(Unreachable::source));
        var here = bySource.get(source);
        return here != null
                ? here
                : bySource.values().stream().max(Comparator.comparingInt(List::size)).orElseThrow();
    }

    private static boolean isAbout(Unreachable error, Hop hop, Duration wait) {
        if (hop.requests().isEmpty()) return false;
        var first = hop.requests().getFirst().at();
        return error.from().equals(hop.client())
                && error.to().equals(hop.server())
                && !error.at().isBefore(first)
                && !error.at().isAfter(first.plus(wait));
    }

    /// Such as `203.0.113.5 said by ICMP, 7 times, that the port is unreachable`.
    public String says() {
        var times = count == 1 ? "" : ", " + count + " times,";
        return by.host() + " said by ICMP" + times + " that " + reason.says();
    }

    /// Whether the server itself said so, and nobody before it.
    public boolean isByServer() {
        return by.host().equals(server.host());
    }
}
