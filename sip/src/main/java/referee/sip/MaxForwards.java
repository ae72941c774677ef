// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Max-Forwards header: how many hops a request may still go (RFC 3261 §8.1.1.6 and §20.22).
///
/// @param hops 0 to 255
public record MaxForwards(int hops) {
    public static final HeaderKind<MaxForwards> KIND =
            HeaderKind.single(HeaderName.MAX_FORWARDS, MaxForwards::read);

    static Field<MaxForwards> read(Slice value) {
        var number = value.number();
        if (number < 0) return Field.broken("max-forwards-form", value, "RFC 3261 §20.22");
        if (number > 255) return Field.broken("max-forwards-too-large", value, "RFC 3261 §20.22");
        return Field.of(new MaxForwards((int) number));
    }
}
