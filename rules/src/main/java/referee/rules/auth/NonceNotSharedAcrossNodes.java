// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// One server challenged, the credentials went to another, and that one challenged anew (RFC 3263
/// §4, RFC 7616 §3.6).
public final class NonceNotSharedAcrossNodes implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "nonce-not-shared-across-nodes";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.OTHER_SERVER, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var one = retry.before().transaction().server();
        var other = retry.after().transaction().server();
        var says =
                "%s challenged, the credentials went to %s, and that one challenged again%s"
                        .formatted(one, other, retry.after().isStale() ? " with stale=true" : "");
        return retry.finding(this, says, story)
                .certainty(LIKELY)
                .blames(OPERATOR)
                .blames(CLIENT, retry.after().transaction().client())
                .value("challenger", one)
                .value("other", other)
                .finding();
    }
}
