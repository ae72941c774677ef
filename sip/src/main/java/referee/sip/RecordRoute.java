// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// One Record-Route value: a proxy that wants to stay in the path of the dialog (RFC 3261 §16.6 and
/// §20.30).
public record RecordRoute(NameAddr address) {
    public static final HeaderKind<RecordRoute> KIND =
            HeaderKind.list(HeaderName.RECORD_ROUTE, RecordRoute::read);

    static Field<RecordRoute> read(Slice value) {
        return NameAddr.read(value, "record-route", "RFC 3261 §20.30").map(RecordRoute::new);
    }

    /// Whether the URI has the `lr` parameter (RFC 3261 §19.1.1).
    public boolean isLoose() {
        return address.uri() instanceof SipUri sip && sip.params().has("lr");
    }
}
