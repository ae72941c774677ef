// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.SERVER;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Challenge;
import referee.sip.Flaw;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;

/// A 401 without a usable WWW-Authenticate, or a 407 without a usable Proxy-Authenticate (RFC 3261
/// §22.2 and §22.3).
public final class ChallengeHeaderMissing implements Rule.OnTransaction {
    private static final Set<String> CUT =
            Set.of("headers-not-ended", "body-shorter-than-content-length");

    @Override
    public String id() {
        return "challenge-header-missing";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.isChallenged()
                || transaction.is(Methods.ACK)
                || transaction.is(Methods.CANCEL)) return List.of();
        var answer = transaction.finalAnswer().orElseThrow();
        var message = answer.first().message();
        var proxy = answer.code() == 407;
        if (isPlainlyThere(message, proxy) || isCut(message)) return List.of();
        var right = Challenge.all(message).stream().filter(one -> one.isProxy() == proxy).toList();
        if (right.stream().anyMatch(one -> one.isUsable() || !one.isDigest())) return List.of();

        var header = proxy ? "Proxy-Authenticate" : "WWW-Authenticate";
        var says =
                "%s was answered with %d, %s"
                        .formatted(
                                transaction.method(),
                                answer.code(),
                                right.isEmpty()
                                        ? "and there is no " + header + " in it"
                                        : "and its " + header + " has no realm or no nonce");
        return story.finding(this, says)
                .blames(SERVER, transaction.server())
                .proof(answer.first())
                .value("header", header)
                .value("code", answer.code())
                .list();
    }

    /// A cheap look that settles the usual case: the right header with a realm and a nonce in it.
    private static boolean isPlainlyThere(SipMessage message, boolean proxy) {
        var index =
                message.indexOf(
                        proxy ? HeaderName.PROXY_AUTHENTICATE : HeaderName.WWW_AUTHENTICATE);
        if (index < 0) return false;
        var value = message.value(index);
        return value.startsWith("Digest ") && value.holds("realm=") && value.holds("nonce=");
    }

    private static boolean isCut(SipMessage message) {
        return message.flaws().stream().map(Flaw::code).anyMatch(CUT::contains);
    }
}
