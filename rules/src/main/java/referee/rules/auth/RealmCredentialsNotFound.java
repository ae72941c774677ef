// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// The challenge names one realm, and the credentials are for another (RFC 3261 §22.1).
public final class RealmCredentialsNotFound implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "realm-credentials-not-found";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.OTHER_REALM, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var asked = retry.before().challenges().getFirst();
        var sent = Realms.strange(retry).orElseThrow();
        var realm = sent.realm().orElse("");
        var says =
                "the challenge is for realm \"%s\" and the credentials are for realm \"%s\"; the answer was %d"
                        .formatted(Retry.realm(asked), realm, retry.code());
        return retry.finding(this, says, story)
                .blames(CLIENT, retry.after().transaction().client())
                .blames(OPERATOR)
                .value("realm", Retry.realm(asked))
                .value("sent", realm)
                .value("user", sent.username().orElse(""))
                .finding();
    }
}
