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

/// The credentials are made with another algorithm than the challenge asks for (RFC 7616 §3.4, RFC
/// 8760 §2.2).
public final class AlgorithmAnswerMismatch implements Rule.OnAuthentication {
    private static final Set<Mistake> MISTAKES =
            Set.of(Mistake.ALGORITHM, Mistake.ALGORITHM_HASHED);

    @Override
    public String id() {
        return "algorithm-answer-mismatch";
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
        var match = retry.match().orElseThrow();
        var what = Lamp.words(retry, story).or(() -> Forms.algorithm(match)).orElse("");
        return retry.finding(this, "%s; the answer was %d".formatted(what, retry.code()), story)
                .blames(CLIENT, retry.after().transaction().client())
                .value("algorithm", match.challenge().algorithm())
                .finding();
    }
}
