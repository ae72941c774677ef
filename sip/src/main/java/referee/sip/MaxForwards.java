// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Max-Forwards header: how many hops a request may still go (RFC 3261 §8.1.1.6 and §20.22).
///
/// @param hops 0 to 255
public record MaxForwards(int hops) {
    public static final HeaderKind<MaxForwards> KIND =
            HeaderKind.single(HeaderName.MAX_FORWARDS, MaxForwards::read);

    static Field<MaxForwards> read(Slice value) {
        return Numbers.read(value, 255, "max-forwards", "RFC 3261 §20.22")
                .map(hops -> new MaxForwards(hops.intValue()));
    }
}
