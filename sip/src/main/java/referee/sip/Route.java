// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// One Route value: a place the request still has to pass (RFC 3261 §16.12 and §20.34).
public record Route(NameAddr address) {
    public static final HeaderKind<Route> KIND = HeaderKind.list(HeaderName.ROUTE, Route::read);

    static Field<Route> read(Slice value) {
        return NameAddr.read(value, "route", "RFC 3261 §20.34").map(Route::new);
    }

    /// Whether the URI has the `lr` parameter: its owner keeps to RFC 3261's way of routing (RFC
    /// 3261 §19.1.1).
    public boolean isLoose() {
        return address.uri() instanceof SipUri sip && sip.params().has("lr");
    }
}
