// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.Optional;
import referee.sip.Credentials;

/// Credentials for a realm that nobody asked for.
final class Realms {
    private Realms() {}

    /// Credentials in the header that was asked for, whose realm no challenge of this exchange
    /// named and which the challenged request did not carry already.
    static Optional<Credentials> strange(Retry retry) {
        return retry.after().credentials().stream()
                .filter(Credentials::isDigest)
                .filter(one -> !one.response().orElse("").isEmpty())
                .filter(one -> isAskedFor(one, retry))
                .filter(one -> !isKnown(one, retry))
                .findFirst();
    }

    private static boolean isAskedFor(Credentials one, Retry retry) {
        return retry.before().challenges().stream()
                .anyMatch(asked -> asked.isUsable() && asked.isProxy() == one.isProxy());
    }

    private static boolean isKnown(Credentials one, Retry retry) {
        return retry.earlier().stream()
                .anyMatch(round ->
                        round.challenges().stream()
                                        .anyMatch(asked -> asked.realm().equals(one.realm()))
                                || round.credentials().stream()
                                        .anyMatch(sent ->
                                                sent.realm().equals(one.realm())
                                                        && sent.nonce().equals(one.nonce())));
    }
}
