// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Methods;

/// Well-formed credentials for the newest challenge, refused: user name or password is wrong (RFC
/// 3261 §22.1, §21.4.4).
public final class CredentialsRejected implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "credentials-rejected";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        if (authentication.isSuccess()) return List.of();
        for (var retry : Retry.of(authentication)) {
            if (!isRefused(retry)) continue;
            var mistake = Mistakes.of(retry, story);
            if (isOpen(retry, mistake, story) && !Policy.isNamed(retry.after().transaction())
                    || mistake == Mistake.PASSWORD_DIFFERS)
                return List.of(finding(retry, mistake, story));
        }
        return List.of();
    }

    /// Whether nothing else explains the refusal, or only what many servers accept. A challenge to
    /// credentials with a wrong digest-uri is about that first.
    private static boolean isOpen(Retry retry, Mistake mistake, Story story) {
        return mistake == Mistake.NONE
                || mistake == Mistake.URI
                        && isForbidden(retry, story)
                        && !DigestUris.isUriRefused(retry)
                || mistake == Mistake.QUOTING && retry.code() != 400
                || mistake == Mistake.IDENTITY;
    }

    /// Whether this user is told 403, now or under an earlier challenge: that says nothing of the
    /// digest, and may say that the account is none.
    private static boolean isForbidden(Retry retry, Story story) {
        var user = retry.match().flatMap(match -> match.credentials().username()).orElse("");
        return retry.code() == 403
                || story.past().refusals().stream()
                        .anyMatch(one -> one.code() == 403 && one.user().equals(user));
    }

    private static boolean isRefused(Retry retry) {
        return retry.after().isRefused() || retry.after().transaction().code() == 403;
    }

    private Finding finding(Retry retry, Mistake mistake, Story story) {
        var transaction = retry.after().transaction();
        var match = retry.match().orElseThrow();
        var user = match.credentials().username().orElse("");
        var realm = Retry.realm(match.challenge());
        var again = retry.after().isRefused();
        var says =
                again
                        ? "credentials of user \"%s\" for realm \"%s\" were answered with %d again, and not as stale"
                                .formatted(user, realm, transaction.code())
                        : "credentials of user \"%s\" for realm \"%s\" were answered with 403"
                                .formatted(user, realm);
        var isProven = mistake == Mistake.PASSWORD_DIFFERS;
        var isLikely = mistake == Mistake.NONE && (again || transaction.is(Methods.REGISTER));
        var digest = isProven ? "; the digest fits no password known for this account" : "";
        return story.finding(this, says + digest)
                .certainty(isProven ? PROVEN : isLikely ? LIKELY : POSSIBLE)
                .blames(CLIENT, transaction.client())
                .blames(OPERATOR)
                .proof(retry.before().proof())
                .proof(retry.after().proof())
                .value("user", user)
                .value("realm", realm)
                .value("server", transaction.server())
                .finding();
    }
}
