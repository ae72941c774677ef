// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Subscription-State header of a NOTIFY (RFC 6665 §4.1.3 and §8.2.3).
///
/// @param state `active`, `pending`, `terminated` or an extension, as written
/// @param reason why it ended, such as `noresource`
/// @param expires seconds left; empty where it is missing or no number
/// @param retryAfter seconds to wait before another subscription
public record SubscriptionState(
        String state, Optional<String> reason, Optional<Long> expires, Optional<Long> retryAfter) {
    public static final HeaderKind<SubscriptionState> KIND =
            HeaderKind.single(HeaderName.SUBSCRIPTION_STATE, SubscriptionState::read);

    static Field<SubscriptionState> read(Slice value) {
        var cursor = new Cursor(value);
        var state = cursor.token();
        var params = Params.read(cursor);
        if (state.isEmpty() || params.isEmpty()) {
            return Field.broken("subscription-state-form", value, "RFC 6665 §8.4");
        }
        return Field.of(
                new SubscriptionState(
                        state.text(),
                        params.get().text("reason"),
                        seconds(params.get(), "expires"),
                        seconds(params.get(), "retry-after")));
    }

    public boolean isTerminated() {
        return state.equalsIgnoreCase("terminated");
    }

    private static Optional<Long> seconds(Params params, String name) {
        return params.get(name).map(param -> param.value().number()).filter(number -> number >= 0);
    }
}
