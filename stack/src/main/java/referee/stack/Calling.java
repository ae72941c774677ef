// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.sip.Slice;

/// Whom to call, and how.
///
/// @param uri the Request-URI
/// @param headers more of them; one given here stands instead of ours
/// @param lateOffer whether the INVITE carries no session description, so that the 2xx offers (RFC
///   3261 §13.2.1)
/// @param sdp said instead of our own offer
/// @param flow to send it over, such as the one a registration came on
/// @param replaces a call of ours that the new one takes the place of at the other side
public record Calling(
        String uri,
        List<Line> headers,
        boolean lateOffer,
        Optional<Slice> sdp,
        Optional<Flow> flow,
        Optional<Job> replaces) {
    public Calling {
        headers = List.copyOf(headers);
    }

    public static Calling of(String uri) {
        return new Calling(
                uri, List.of(), false, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Calling with(String name, Object value) {
        return with(List.of(new Line(name, String.valueOf(value))));
    }

    public Calling with(List<Line> lines) {
        var more = new ArrayList<>(headers);
        more.addAll(lines);
        return new Calling(uri, more, lateOffer, sdp, flow, replaces);
    }

    public Calling offeringLate() {
        return new Calling(uri, headers, true, sdp, flow, replaces);
    }

    public Calling offering(Slice description) {
        return new Calling(uri, headers, lateOffer, Optional.of(description), flow, replaces);
    }

    public Calling over(Flow first) {
        return new Calling(uri, headers, lateOffer, sdp, Optional.of(first), replaces);
    }

    public Calling replacing(Job call) {
        return new Calling(uri, headers, lateOffer, sdp, flow, Optional.of(call));
    }
}
