// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The From header: who sent the request (RFC 3261 §8.1.1.3 and §20.20).
public record From(NameAddr address) {
    public static final HeaderKind<From> KIND = HeaderKind.single(HeaderName.FROM, From::read);

    static Field<From> read(Slice value) {
        return NameAddr.read(value, "from", "RFC 3261 §20.20").map(From::new);
    }

    public Optional<String> tag() {
        return address.tag();
    }
}
