// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// One P-Asserted-Identity value: who the sender is, as a trusted network says (RFC 3325 §9.1).
public record PAssertedIdentity(NameAddr address) {
    public static final HeaderKind<PAssertedIdentity> KIND =
            HeaderKind.list(HeaderName.P_ASSERTED_IDENTITY, PAssertedIdentity::read);

    static Field<PAssertedIdentity> read(Slice value) {
        return NameAddr.read(value, "p-asserted-identity", "RFC 3325 §9.1")
                .map(PAssertedIdentity::new);
    }
}
