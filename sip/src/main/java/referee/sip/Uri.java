// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// A URI as SIP headers hold them (RFC 3261 §19.1, RFC 3966).
public sealed interface Uri permits SipUri, TelUri, OtherUri {
    /// As written.
    Slice text();

    /// Reads what stands between angle brackets, or alone.
    static Field<Uri> read(Slice text) {
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

    private static boolean isScheme(Slice scheme) {
        for (var i = 0; i < scheme.length(); i++) {
            var c = (char) scheme.at(i);
            var letter = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
            if (!letter && (i == 0 || !Character.isDigit(c) && "+-.".indexOf(c) < 0)) return false;
        }
        return true;
    }
}
