// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import java.util.Locale;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Round;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.HeaderName;

/// A server that challenges everybody, those it does not know as well (RFC 3261 §22.1): never more
/// than possible.
public final class AccountUnknownMasked401 implements Rule.OnAuthentication {
    /// Refusals by a server that is known to hide which accounts it has.
    private static final int ENOUGH = 2;

    /// Refusals by any other that say nothing but 401.
    private static final int ENDLESS = 4;

    @Override
    public String id() {
        return "account-unknown-masked-401";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        if (authentication.isSuccess()) return List.of();
        var refused =
                Retry.of(authentication).stream()
                        .filter(retry -> retry.code() == 401 && retry.after().isRefused())
                        .filter(retry -> isPlausible(retry, story))
                        .toList();
        if (!isEnough(refused, story) || !changesNonce(refused)) return List.of();

        var last = refused.getLast();
        var user = last.match().orElseThrow().credentials().username().orElse("");
        var says =
                "credentials of user \"%s\" that fit their challenge were answered %d times with 401 and a new nonce, as a server does that does not know the account"
                        .formatted(user, refused.size());
        return last.finding(this, says, story)
                .certainty(POSSIBLE)
                .blames(OPERATOR, last.after().transaction().server())
                .value("from", story.party(HeaderName.FROM))
                .list();
    }

    /// Right as a known account shows, or not wrong as far as seen.
    private static boolean isPlausible(Retry retry, Story story) {
        var mistake = Mistakes.of(retry, story);
        return mistake == Mistake.SERVER || mistake == Mistake.NONE;
    }

    private static boolean isEnough(List<Retry> refused, Story story) {
        return refused.size() >= ENDLESS
                || refused.size() >= ENOUGH
                        && refused.stream().allMatch(retry -> isSuspect(retry, story));
    }

    private static boolean isSuspect(Retry retry, Story story) {
        return hides(retry.after()) || Mistakes.of(retry, story) == Mistake.SERVER;
    }

    private static boolean hides(Round round) {
        var answer = round.transaction().finalAnswer().orElseThrow().first().message();
        var server =
                answer.raw(HeaderName.SERVER)
                        .or(() -> answer.raw(HeaderName.USER_AGENT))
                        .map(value -> value.text().toLowerCase(Locale.ROOT))
                        .orElse("");
        return server.contains("asterisk")
                || server.contains("fpbx")
                || round.challenges().stream()
                        .map(Retry::realm)
                        .anyMatch(realm -> realm.equalsIgnoreCase("asterisk"));
    }

    private static boolean changesNonce(List<Retry> refused) {
        return refused.stream()
                        .flatMap(retry -> retry.after().challenges().stream())
                        .flatMap(one -> one.nonce().stream())
                        .distinct()
                        .count()
                >= refused.size();
    }
}
