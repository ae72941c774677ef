// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.evidence.Endpoint;
import referee.evidence.Unreachable;

/// Where requests ended, as ICMP errors about them say.
///
/// @param by who said so
/// @param server whom the requests were for
/// @param frames of the errors, as far as the source numbers them
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
        var first = about.getFirst();
        return Optional.of(
                new DeadEnd(
                        first.by(),
                        first.to(),
                        first.reason(),
                        about.size(),
                        about.stream().map(Unreachable::frame).filter(n -> n > 0).toList(),
                        about.size() >= requests));
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
