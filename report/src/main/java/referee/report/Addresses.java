// SPDX-License-Identifier: Apache-2.0
package referee.report;

/// Addresses as people say them.
final class Addresses {
    private Addresses() {}

    /// The URI of a From or To value without scheme, parameters and password, on one line.
    static String plain(String value) {
        var open = value.indexOf('<');
        var close = value.indexOf('>', open + 1);
        var uri = open >= 0 && close > open ? value.substring(open + 1, close) : value;
        var end = uri.indexOf(';');
        var shown = Masking.line(Masking.uris(end < 0 ? uri : uri.substring(0, end)));
        for (var scheme : new String[] {"sip:", "sips:"}) {
            if (shown.startsWith(scheme)) return shown.substring(scheme.length());
        }
        return shown.isEmpty() ? "unknown" : shown;
    }
}
