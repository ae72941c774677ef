// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// Authorization sent for a 407, or Proxy-Authorization for a 401 (RFC 3261 §22.2 and §22.3).
public final class WrongCredentialHeader implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "wrong-credential-header";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.WRONG_HEADER, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var code = retry.before().transaction().code();
        var sent = retry.wrongHeader().orElseThrow().isProxy();
        var wrong = sent ? "Proxy-Authorization" : "Authorization";
        var right = sent ? "Authorization" : "Proxy-Authorization";
        var says =
                "the credentials for a %d were sent in %s, and answered with %d"
                        .formatted(code, wrong, retry.after().transaction().code());
        return story.finding(this, says)
                .blames(CLIENT, retry.after().transaction().client())
                .proof(retry.before().proof())
                .proof(retry.after().proof())
                .value("code", code)
                .value("right", right)
                .value("wrong", wrong)
                .finding();
    }
}
