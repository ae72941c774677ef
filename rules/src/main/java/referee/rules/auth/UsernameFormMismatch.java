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

/// The name of the account is hashed or written in another form: with a domain or without (RFC 7616
/// §3.4.2). Asks for credentials that are known.
public final class UsernameFormMismatch implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "username-form-mismatch";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.NAME_HASHED, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var says =
                "the digest fits the account under a name of another form: %s; the answer was %d"
                        .formatted(Lamp.words(retry, story).orElse(""), retry.code());
        return retry.finding(this, says, story)
                .blames(OPERATOR)
                .blames(CLIENT, retry.after().transaction().client())
                .finding();
    }
}
