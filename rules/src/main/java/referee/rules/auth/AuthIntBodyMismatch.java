// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// auth-int over another body than the one in the message (RFC 7616 §3.4.3). Asks for credentials
/// that are known.
public final class AuthIntBodyMismatch implements Rule.OnAuthentication {
    private static final Set<Mistake> MISTAKES = Set.of(Mistake.BODY_HASHED, Mistake.BODY_CHANGED);

    @Override
    public String id() {
        return "auth-int-body-mismatch";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, MISTAKES, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var words = Lamp.words(retry, story);
        var says =
                "%s; the answer was %d"
                        .formatted(
                                words.orElse(
                                        "the digest fits the body that the client sent, and another one arrived"),
                                retry.code());
        var draft = retry.finding(this, says, story);
        return words.isEmpty()
                ? draft.blames(MIDDLEBOX, retry.after().transaction().server()).finding()
                : draft.blames(CLIENT, retry.after().transaction().client()).finding();
    }
}
