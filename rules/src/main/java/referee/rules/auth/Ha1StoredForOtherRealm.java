// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.OPERATOR;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Methods;

/// One side holds an HA1 of another realm, name or hash: the digest is right and refused, or it
/// fits another realm (RFC 7616 §3.4.2). Asks for credentials that are known.
public final class Ha1StoredForOtherRealm implements Rule.OnAuthentication {
    private static final Set<Mistake> MISTAKES = Set.of(Mistake.SERVER, Mistake.HA1_HASHED);

    @Override
    public String id() {
        return "ha1-stored-for-other-realm";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var found = Retry.refused(authentication, MISTAKES, story);
        if (found.isEmpty()) return List.of();
        var retry = found.get();
        if (Mistakes.of(retry, story) == Mistake.HA1_HASHED) return clients(retry, story);
        var isInvite = retry.after().transaction().is(Methods.INVITE);
        if (isInvite && retry.code() == 403 || Policy.isNamed(retry.after().transaction()))
            return List.of();
        var match = retry.match().orElseThrow();
        var says =
                "the digest of user \"%s\" for realm \"%s\" is right, as the known account shows, and was answered with %d"
                        .formatted(
                                match.credentials().username().orElse(""),
                                Retry.realm(match.challenge()),
                                retry.code());
        return retry.finding(this, says, story)
                .certainty(retry.code() == 403 ? POSSIBLE : LIKELY)
                .blames(OPERATOR, retry.after().transaction().server())
                .list();
    }

    private List<Finding> clients(Retry retry, Story story) {
        var says =
                "%s; the answer was %d"
                        .formatted(Lamp.words(retry, story).orElse(""), retry.code());
        return retry.finding(this, says, story)
                .blames(OPERATOR)
                .blames(CLIENT, retry.after().transaction().client())
                .list();
    }
}
