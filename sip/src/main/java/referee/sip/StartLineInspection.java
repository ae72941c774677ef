// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Set;

/// What is wrong with a start line (RFC 3261 §7.1 and §7.2).
final class StartLineInspection {
    /// Schemes that requests are sent to: RFC 3261, RFC 3966, RFC 5031 (urn), RFC 3861 (im, pres).
    private static final Set<String> SCHEMES = Set.of("urn", "im", "pres");

    private StartLineInspection() {}

    static void inspect(SipMessage message, Inspection found) {
        var version = message.start().version();
        if (!version.isIgnoreCase("SIP/2.0"))
            found.add("sip-version-unknown", version, "RFC 3261 §7.1");
        if (message.start() instanceof StartLine.Request request) uri(request.uri(), found);
    }

    private static void uri(Slice uri, Inspection found) {
        if (uri.at(0) == '<') {
            found.add("request-uri-in-angle-brackets", uri, "RFC 3261 §7.1");
            return;
        }
        switch (Uri.read(uri)) {
            case Field.Broken<Uri>(var flaw) -> found.add(flaw);
            case Field.Absent<Uri> _ -> {}
            case Field.Present<Uri>(SipUri sip) -> sip(sip, found);
            case Field.Present<Uri>(TelUri _) -> {}
            case Field.Present<Uri>(OtherUri other) -> {
                if (SCHEMES.stream().noneMatch(other.scheme()::isIgnoreCase))
                    found.add("request-uri-scheme-unknown", other.scheme(), "RFC 3261 §8.2.2.1");
            }
        }
    }

    private static void sip(SipUri uri, Inspection found) {
        if (!uri.headers().isEmpty())
            found.add("request-uri-holds-headers", uri.text(), "RFC 3261 §19.1.1");
        if (uri.params().has("method"))
            found.add("request-uri-holds-method", uri.text(), "RFC 3261 §19.1.1");
    }
}
