// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Methods;

/// A challenge that comes after 100 or 18x is not answered, by a client that answers others (RFC
/// 3261 §17.1.1.2).
public final class ChallengeAfterProvisionalIgnored implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "challenge-after-provisional-ignored";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    /// Whether this rule, and not the general one, speaks of such an exchange: the phone rang
    /// before, or the client is known to answer challenges that come at once.
    static boolean isAbout(Authentication authentication, Story story) {
        var last = authentication.last().transaction();
        if (!last.is(Methods.INVITE) || last.isInDialog() || !last.hasProvisional()) return false;
        if (!authentication.last().credentials().isEmpty()) return false;
        return rang(authentication) || isPrompt(story);
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        if (!isAbout(authentication, story)) return List.of();
        var last = authentication.last();
        var asked = last.challenges().stream().filter(Challenges::isAnswerable).findFirst();
        if (asked.isEmpty() || story.cancelOf(last.transaction()).isPresent()) return List.of();
        if (!authentication.isGivenUp(story)) return List.of();

        var first =
                last.transaction().answers().stream()
                        .filter(Answer::isProvisional)
                        .reduce((_, next) -> next)
                        .orElseThrow();
        var says =
                "INVITE was answered with %d, then challenged with %d, and no INVITE with credentials came within %d s"
                        .formatted(
                                first.code(),
                                last.transaction().code(),
                                Authentication.PATIENCE.toSeconds());
        return story.finding(this, says)
                .certainty(isPrompt(story) ? LIKELY : POSSIBLE)
                .blames(CLIENT, last.transaction().client())
                .proof(first.first())
                .proof(last.proof())
                .value("realm", Retry.realm(asked.get()))
                .value("header", Lamp.header(asked.get()))
                .list();
    }

    private static boolean rang(Authentication authentication) {
        return authentication.last().transaction().answers().stream()
                .anyMatch(answer -> answer.code() > 100 && answer.isProvisional());
    }

    /// Whether the same client answered a challenge to INVITE that came without a provisional.
    private static boolean isPrompt(Story story) {
        if (story.past().isAnswering()) return true;
        return story.authentications().stream()
                .filter(one -> one.method().equals(Methods.INVITE))
                .flatMap(one -> Retry.of(one).stream())
                .anyMatch(retry ->
                        !retry.before().transaction().hasProvisional()
                                && retry.match().isPresent());
    }
}
