// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// A URI as SIP headers hold them (RFC 3261 §19.1, RFC 3966).
public sealed interface Uri permits SipUri, TelUri, OtherUri {
    /// As written.
    Slice text();

    /// Reads what stands between angle brackets, or alone.
    static Field<Uri> read(Slice text) {
        for (var i = 0; i < text.length(); i++) {
            if (Slice.isWhite((byte) text.at(i)))
                return Field.broken("uri-holds-space", text, "RFC 3261 §25.1");
        }
        var colon = text.indexOf(':');
        if (colon < 1 || !isScheme(text.sub(0, colon))) {
            return Field.broken("uri-without-scheme", text, "RFC 3261 §25.1");
        }
        var scheme = text.sub(0, colon);
        if (scheme.isIgnoreCase("sip") || scheme.isIgnoreCase("sips"))
            return SipUri.read(text, colon);
        if (scheme.isIgnoreCase("tel")) return TelUri.read(text);
        return Field.of(new OtherUri(text, scheme));
    }

    /// Whether both are equivalent: SIP by RFC 3261 §19.1.4, tel by RFC 3966 §4, others octet by
    /// octet.
    default boolean sameAs(Uri other) {
        return UriComparison.same(this, other);
    }

    private static boolean isScheme(Slice scheme) {
        for (var i = 0; i < scheme.length(); i++) {
            var c = (char) scheme.at(i);
            var letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            var mark = c >= '0' && c <= '9' || "+-.".indexOf(c) >= 0;
            if (!letter && (i == 0 || !mark)) return false;
        }
        return true;
    }
}
