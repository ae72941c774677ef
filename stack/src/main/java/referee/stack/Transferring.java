// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Whom somebody is to be transferred to (RFC 3515, RFC 5589).
///
/// @param target the URI of Refer-To; empty with `replaces` for the Contact of that call
/// @param replaces the consultation call that the transferred one takes the place of: an attended
///   transfer (RFC 5589 §7)
/// @param withoutSubscription whether `Refer-Sub: false` asks for no notifications (RFC 4488)
/// @param headers more of them; one given here stands instead of ours
public record Transferring(
        String target, Optional<Job> replaces, boolean withoutSubscription, List<Line> headers) {
    public Transferring {
        headers = List.copyOf(headers);
    }

    public static Transferring to(String target) {
        return new Transferring(target, Optional.empty(), false, List.of());
    }

    public static Transferring attended(Job consultation) {
        return new Transferring("", Optional.of(consultation), false, List.of());
    }

    public Transferring quietly() {
        return new Transferring(target, replaces, true, headers);
    }

    public Transferring with(String name, Object value) {
        var more = new ArrayList<>(headers);
        more.add(new Line(name, String.valueOf(value)));
        return new Transferring(target, replaces, withoutSubscription, more);
    }
}
