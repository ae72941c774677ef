// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.Locale;
import java.util.Optional;
import referee.sip.HeaderName;
import referee.sip.NameAddr;
import referee.sip.OtherUri;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.StartLine;
import referee.sip.TelUri;
import referee.sip.To;
import referee.sip.Uri;

/// Whom a URI names, so that two URIs can be told to name the same one: ports, parameters and the
/// case of the host apart.
///
/// @param user with escapes replaced, or the digits of a tel URI; may be empty
/// @param host in lower case; empty for a tel URI
public record Party(String user, String host) {
    public static Optional<Party> of(Uri uri) {
        return switch (uri) {
            case SipUri sip ->
                    Optional.of(
                            new Party(sip.userText(), sip.host().text().toLowerCase(Locale.ROOT)));
            case TelUri tel -> Optional.of(new Party(tel.digits(), ""));
            case OtherUri _ -> Optional.empty();
        };
    }

    public static Optional<Party> of(NameAddr address) {
        return of(address.uri());
    }

    /// Whom the Request-URI names.
    public static Optional<Party> asked(SipMessage request) {
        return request.start() instanceof StartLine.Request line
                ? Uri.read(line.uri()).optional().flatMap(Party::of)
                : Optional.empty();
    }

    /// Whom To names.
    public static Optional<Party> called(SipMessage message) {
        return message.has(HeaderName.TO)
                ? message.first(To.KIND).optional().map(To::address).flatMap(Party::of)
                : Optional.empty();
    }

    int length() {
        return user.length() + host.length();
    }

    /// Whether an INVITE asks for this party, by its Request-URI or by its To.
    public boolean isCalledBy(SipMessage invite) {
        return asked(invite).filter(this::equals).isPresent()
                || called(invite).filter(this::equals).isPresent();
    }
}
