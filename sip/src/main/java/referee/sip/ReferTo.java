// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The Refer-To header: whom the recipient of a REFER is to contact (RFC 3515 §2.1).
///
/// @param target name and URI; the URI may carry headers for the referred request, such as Replaces
public record ReferTo(NameAddr target) {
    public static final HeaderKind<ReferTo> KIND =
            HeaderKind.single(HeaderName.REFER_TO, ReferTo::read);

    static Field<ReferTo> read(Slice value) {
        return NameAddr.read(value, "refer-to", "RFC 3515 §2.1").map(ReferTo::new);
    }

    /// The URI without its parameters and headers.
    public String address() {
        return target.uri() instanceof SipUri sip ? sip.address() : target.uri().text().text();
    }

    /// The Replaces header inside the URI, unescaped once: an attended transfer (RFC 3891, RFC 5589
    /// §7).
    public Field<Replaces> replaces() {
        if (!(target.uri() instanceof SipUri sip)) return new Field.Absent<>();
        return sip.header("Replaces")
                .map(header -> Replaces.read(Slice.of(header.unescaped())))
                .orElseGet(Field.Absent::new);
    }
}
