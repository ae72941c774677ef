// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.util.List;

/// What to subscribe to (RFC 6665).
///
/// @param uri the Request-URI
/// @param event the value of Event, such as `presence`
public record Subscribing(String uri, String event, Duration expires, List<Line> headers) {
    public Subscribing {
        headers = List.copyOf(headers);
    }

    public static Subscribing of(String uri, String event, Duration expires) {
        return new Subscribing(uri, event, expires, List.of());
    }
}
