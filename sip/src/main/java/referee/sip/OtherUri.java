// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// A URI of a scheme that nothing here looks into.
///
/// @param scheme as written, without the colon
public record OtherUri(Slice text, Slice scheme) implements Uri {
    @Override
    public String toString() {
        return text.text();
    }
}
