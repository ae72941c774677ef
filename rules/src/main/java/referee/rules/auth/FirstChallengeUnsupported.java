// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static java.util.stream.Collectors.joining;
import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.util.List;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Challenge;
import referee.sip.Methods;

/// The first challenge is one the client cannot answer, and it looks at no other (RFC 8760 §2.4),
/// or there is none that it could answer.
public final class FirstChallengeUnsupported implements Rule.OnAuthentication {
    @Override
    public String id() {
        return "first-challenge-unsupported";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Authentication authentication, Story story) {
        var last = authentication.last();
        if (!Challenges.isFirstUnsupported(last.challenges()) || !last.refusals().isEmpty())
            return List.of();
        var transaction = last.transaction();
        if (!authentication.isGivenUp(story)
                || isUnwanted(transaction, story)
                || hasAnswered(authentication, story)) return List.of();

        var offered =
                last.challenges().stream()
                        .map(FirstChallengeUnsupported::name)
                        .collect(joining(", then "));
        // who asks but once may have hung up meanwhile, or be cut off
        var plain = last.challenges().stream().anyMatch(Challenges::isPlain);
        var says =
                "%s was challenged with %s, and the client stopped"
                        .formatted(authentication.method(), offered);
        var draft =
                story.finding(this, says)
                        .certainty(plain && authentication.rounds().size() == 1 ? POSSIBLE : LIKELY)
                        .proof(last.proof())
                        .value("offered", offered);
        return (plain
                        ? draft.blames(CLIENT, transaction.client())
                        : draft.blames(SERVER, transaction.server()))
                .list();
    }

    /// Whether the client has answered such challenges in this call, or has tried to answer this
    /// one: another rule says what is wrong then.
    private static boolean hasAnswered(Authentication authentication, Story story) {
        var client = authentication.first().transaction().client().host();
        return Retry.hasTriedOtherwise(authentication)
                || story.authentications().stream()
                        .filter(one -> one.first().transaction().client().host().equals(client))
                        .flatMap(one -> Retry.of(one).stream())
                        .anyMatch(retry ->
                                Challenges.isFirstUnsupported(retry.before().challenges())
                                        && retry.match().isPresent());
    }

    /// A call that was cancelled, or whose challenge was not acknowledged and so may not have come.
    private static boolean isUnwanted(Transaction request, Story story) {
        return request.is(Methods.INVITE)
                && (story.cancelOf(request).isPresent()
                        || request.hops().stream().allMatch(hop -> hop.acks().isEmpty()));
    }

    private static String name(Challenge challenge) {
        return challenge.isDigest() ? "Digest " + challenge.algorithm() : challenge.scheme();
    }
}
