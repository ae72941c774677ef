// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Credentials;

/// Credentials whose qop, nc and cnonce do not go together, refused (RFC 7616 §3.4, RFC 3261 §22.4
/// item 8).
public final class QopWithoutNcCnonce implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "qop-without-nc-cnonce";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        return Retry.refused(authentication, Retry.Mistake.QOP_FORM)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var what = what(retry.match().orElseThrow().credentials());
        var says = "%s; the answer was %d".formatted(what, retry.after().transaction().code());
        return story.finding(this, says)
                .blames(CLIENT, retry.after().transaction().client())
                .proof(retry.before().proof())
                .proof(retry.after().proof())
                .finding();
    }

    private static String what(Credentials credentials) {
        if (credentials.qop().isEmpty())
            return "the challenge offers qop and the credentials have none";
        if (credentials.cnonce().isEmpty()) return "the credentials have qop and no cnonce";
        if (credentials.nc().isEmpty()) return "the credentials have qop and no nc";
        return "the credentials have qop and an nc that is not eight hex digits";
    }
}
