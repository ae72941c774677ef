// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.SERVER;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;

/// A proxy changed the Request-URI, and the server refuses the digest because it compares the two
/// (RFC 3261 §22.4 item 6).
public final class DigestUriCheckedTooStrictly implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "digest-uri-checked-too-strictly";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Mistake.STRICT_URI, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var transaction = retry.after().transaction();
        var uri = retry.match().orElseThrow().credentials().uri().orElse("");
        var arrived = DigestUris.arrived(transaction).orElse("");
        var says =
                "the client hashed %s, the request arrived for %s, and the answer was %d"
                        .formatted(uri, arrived, retry.code());
        return retry.finding(this, says, story)
                .certainty(LIKELY)
                .blames(SERVER, transaction.lastHop().server())
                .blames(MIDDLEBOX)
                .value("arrived", arrived)
                .finding();
    }
}
