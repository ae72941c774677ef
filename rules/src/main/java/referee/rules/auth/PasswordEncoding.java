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

/// The password was changed by an encoding before it was hashed (RFC 7616 §3.4.2 and §4). Asks for
/// credentials that are known.
public final class PasswordEncoding implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "password-encoding";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.PASSWORD_HASHED, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var says =
                "%s; the answer was %d"
                        .formatted(Lamp.words(retry, story).orElse(""), retry.code());
        return retry.finding(this, says, story)
                .blames(CLIENT, retry.after().transaction().client())
                .blames(OPERATOR)
                .finding();
    }
}
