// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// The whole list of qop values is sent back or hashed, where one has to be chosen (RFC 7616 §3.4).
public final class QopListEchoed implements Rule.OnAuthentication {
    private static final Set<Mistake> MISTAKES = Set.of(Mistake.QOP_LIST, Mistake.QOP_HASHED);

    @Override
    public String id() {
        return "qop-list-echoed";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, MISTAKES, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var qop = retry.match().orElseThrow().credentials().qop().orElse("");
        var what =
                Lamp.words(retry, story)
                        .map(words -> words + ", and the header shows " + qop)
                        .orElse("the credentials say qop " + qop + ", which is a list");
        return retry.finding(this, "%s; the answer was %d".formatted(what, retry.code()), story)
                .blames(CLIENT, retry.after().transaction().client())
                .finding();
    }
}
