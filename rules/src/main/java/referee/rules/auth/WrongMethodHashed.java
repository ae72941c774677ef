// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// The digest was made with another method than that of the request (RFC 7616 §3.4.3). Asks for
/// credentials that are known.
public final class WrongMethodHashed implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "wrong-method-hashed";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.METHOD_HASHED, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var says =
                "%s, and the request is %s; the answer was %d"
                        .formatted(
                                Lamp.words(retry, story).orElse(""),
                                retry.after().transaction().method(),
                                retry.code());
        return retry.finding(this, says, story)
                .blames(CLIENT, retry.after().transaction().client())
                .finding();
    }
}
