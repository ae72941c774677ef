// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.Optional;
import referee.diagnosis.Transaction;
import referee.sip.HeaderName;
import referee.sip.Transport;

/// Whether a retry went where the challenge came from.
final class Ways {
    private Ways() {}

    static Optional<Mistake> mistake(Retry retry) {
        if (isOtherServer(retry)) {
            return Optional.of(
                    retry.after().isChallenged() ? Mistake.OTHER_SERVER : Mistake.OTHER_WAY);
        }
        return isOtherTransport(retry) || hasLostRoute(retry)
                ? Optional.of(Mistake.OTHER_WAY)
                : Optional.empty();
    }

    static boolean isOtherServer(Retry retry) {
        var before = retry.before().transaction();
        var after = retry.after().transaction();
        return !before.server().host().equals(after.server().host())
                && before.client().host().equals(after.client().host())
                && depth(before) == depth(after);
    }

    /// UDP to a stream is what a request that grew too large does (RFC 3261 §18.1.1).
    static boolean isOtherTransport(Retry retry) {
        var before = retry.before().transaction().firstHop().transport();
        var after = retry.after().transaction().firstHop().transport();
        return before != after && before != Transport.UDP;
    }

    static boolean hasLostRoute(Retry retry) {
        return has(retry.before().transaction(), HeaderName.ROUTE)
                && !has(retry.after().transaction(), HeaderName.ROUTE)
                && !retry.before()
                        .transaction()
                        .server()
                        .equals(retry.after().transaction().server());
    }

    private static boolean has(Transaction transaction, HeaderName name) {
        return transaction.message().map(message -> message.has(name)).orElse(false);
    }

    private static int depth(Transaction transaction) {
        return transaction.firstHop().depth();
    }
}
