// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The To header: whom the request is meant for (RFC 3261 §8.1.1.2 and §20.39).
public record To(NameAddr address) {
    public static final HeaderKind<To> KIND = HeaderKind.single(HeaderName.TO, To::read);

    static Field<To> read(Slice value) {
        return NameAddr.read(value, "to", "RFC 3261 §20.39").map(To::new);
    }

    /// Empty in a request outside a dialog (RFC 3261 §8.1.1.2).
    public Optional<String> tag() {
        return address.tag();
    }
}
