// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// What to register.
///
/// @param registrar the Request-URI, such as `sip:example.com`
/// @param addressOfRecord what To says; From says it too
/// @param expires asked for
/// @param contact the URI to bind; ours where it is empty
public record Registering(
        String registrar,
        String addressOfRecord,
        Duration expires,
        Optional<String> contact,
        List<Line> headers) {
    public Registering {
        headers = List.copyOf(headers);
    }

    public static Registering of(String registrar, String addressOfRecord, Duration expires) {
        return new Registering(registrar, addressOfRecord, expires, Optional.empty(), List.of());
    }
}
