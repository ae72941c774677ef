// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Methods;

/// A 401 or 407 that asks for credentials, and no request that brings them (RFC 3261 §22.2 and
/// §22.3).
public final class ChallengeUnanswered implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "challenge-unanswered";
    }

    @Override
    public Severity severity() {
        return Severity.CRITICAL;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var last = authentication.last();
        if (!last.isChallenged() || Retry.isOfTransfer(authentication, story)) return List.of();
        if (last.transaction().request().isEmpty()) return List.of();
        if (authentication.method().equals(Methods.OPTIONS)) return List.of();
        if (InDialogChallengeUnanswered.isAbout(authentication)
                || ChallengeAfterProvisionalIgnored.isAbout(authentication, story))
            return List.of();
        var asked = last.challenges().stream().filter(Challenges::isAnswerable).findFirst();
        if (asked.isEmpty() || Challenges.isFirstUnsupported(last.challenges())) return List.of();
        if (!last.refusals().isEmpty() || Retry.hasTriedOtherwise(authentication)) return List.of();
        if (story.cancelOf(last.transaction()).isPresent()) return List.of();
        if (!authentication.isGivenUp(story)) return List.of();

        var code = last.transaction().code();
        var says =
                "%s was challenged with %d for realm \"%s\", and no request with credentials came within %d s"
                        .formatted(
                                authentication.method(),
                                code,
                                Retry.realm(asked.get()),
                                Authentication.PATIENCE.toSeconds());
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(CLIENT, last.transaction().client())
                .proof(last.proof())
                .value("realm", Retry.realm(asked.get()))
                .value("method", authentication.method())
                .value("header", Lamp.header(asked.get()))
                .list();
    }
}
