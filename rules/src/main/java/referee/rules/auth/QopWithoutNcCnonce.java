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
import referee.sip.Credentials;

/// Credentials whose qop, nc and cnonce do not go together, refused (RFC 7616 §3.4, RFC 3261 §22.4
/// item 8).
public final class QopWithoutNcCnonce implements Rule.OnAuthentication {
    private static final Set<Mistake> MISTAKES = Set.of(Mistake.QOP_FORM, Mistake.FORM_HASHED);

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
        return Retry.refused(authentication, MISTAKES, story)
                .map(retry -> List.of(finding(retry, story)))
                .orElse(List.of());
    }

    private Finding finding(Retry retry, Story story) {
        var what =
                Lamp.words(retry, story)
                        .orElseGet(() -> what(retry.match().orElseThrow().credentials()));
        var says = "%s; the answer was %d".formatted(what, retry.after().transaction().code());
        return retry.finding(this, says, story)
                .blames(CLIENT, retry.after().transaction().client())
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
