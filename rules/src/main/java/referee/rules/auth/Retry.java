// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Authentication;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Round;
import referee.diagnosis.Rule;
import referee.diagnosis.Story;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.DigestAlgorithm;
import referee.sip.Methods;

/// A challenged request and the next try.
///
/// @param before the challenged request
/// @param after the next request
/// @param earlier the rounds before that, up to the challenged request
record Retry(Round before, Round after, List<Round> earlier) {
    /// Answers that can mean that the credentials were not liked. Others come after them.
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 407);

    static List<Retry> of(Authentication authentication) {
        var rounds = authentication.rounds();
        var retries = new ArrayList<Retry>(1);
        for (var i = 1; i < rounds.size(); i++)
            retries.add(new Retry(rounds.get(i - 1), rounds.get(i), rounds.subList(0, i)));
        return retries;
    }

    /// The first retry with this mistake that was refused, unless the client got through in the
    /// end.
    static Optional<Retry> refused(Authentication authentication, Mistake mistake, Story story) {
        return refused(authentication, Set.of(mistake), story);
    }

    static Optional<Retry> refused(
            Authentication authentication, Set<Mistake> mistakes, Story story) {
        if (authentication.isSuccess() || authentication.rounds().size() < 2)
            return Optional.empty();
        for (var retry : of(authentication)) {
            if (!retry.isRefused()) continue;
            var mistake = Mistakes.of(retry, story);
            if (mistakes.contains(mistake) && (!retry.after().isStale() || mistake.isOfNonce()))
                return Optional.of(retry);
        }
        return Optional.empty();
    }

    /// Whether the answer can mean that the credentials were not liked.
    boolean isRefused() {
        return REFUSALS.contains(after.transaction().code());
    }

    int code() {
        return after.transaction().code();
    }

    /// The challenge that was answered, and the credentials for it.
    record Match(Challenge challenge, Credentials credentials) {
        boolean isSameNonce() {
            return credentials.nonce().equals(challenge.nonce());
        }

        boolean isSameAlgorithm() {
            return DigestAlgorithm.of(challenge.algorithm())
                    .equals(DigestAlgorithm.of(credentials.algorithm()));
        }
    }

    /// The pair that fits best: the same nonce before the same algorithm.
    Optional<Match> match() {
        Optional<Match> best = Optional.empty();
        var bestWeight = -1;
        for (var challenge : before.challenges()) {
            for (var credentials : after.credentials()) {
                if (!credentials.answer(challenge)) continue;
                var one = new Match(challenge, credentials);
                var weight = (one.isSameNonce() ? 2 : 0) + (one.isSameAlgorithm() ? 1 : 0);
                if (weight <= bestWeight) continue;
                best = Optional.of(one);
                bestWeight = weight;
            }
        }
        return best;
    }

    /// Credentials for the challenge's realm in the header of the other kind, and none in the right
    /// one.
    Optional<Credentials> wrongHeader() {
        return before.challenges().stream()
                .filter(Challenge::isUsable)
                .flatMap(challenge ->
                        after.credentials().stream()
                                .filter(one ->
                                        one.isProxy() != challenge.isProxy()
                                                && one.realm().equals(challenge.realm())))
                .findFirst();
    }

    /// Begins a finding about this retry, with the values that every page may use.
    Finding.Draft finding(Rule rule, String says, Story story) {
        var draft = story.finding(rule, says).proof(before.proof()).proof(after.proof());
        var match = match();
        match.flatMap(one -> one.credentials().username())
                .ifPresent(user -> draft.value("user", user));
        match.flatMap(one -> one.credentials().uri()).ifPresent(uri -> draft.value("uri", uri));
        match.ifPresent(one -> draft.value("realm", realm(one.challenge())));
        match.ifPresent(one -> draft.value("header", Lamp.header(one.challenge())));
        Lamp.right(this, story).ifPresent(header -> draft.value("right", header));
        return draft.value("code", code())
                .value("method", after.transaction().method())
                .value("server", after.transaction().server());
    }

    /// Whether the transfer family has a rule of its own for this exchange.
    static boolean isOfTransfer(Authentication authentication, Story story) {
        return authentication.method().equals(Methods.REFER)
                || story.transfers().stream()
                        .flatMap(transfer -> transfer.notifies().stream())
                        .map(Notify::transaction)
                        .anyMatch(authentication.transactions()::contains);
    }

    /// Whether credentials were sent, but wrongly: another rule says how.
    static boolean hasTriedOtherwise(Authentication authentication) {
        return of(authentication).stream()
                .anyMatch(retry ->
                        retry.wrongHeader().isPresent() || Realms.strange(retry).isPresent());
    }

    static String realm(Challenge challenge) {
        return challenge.realm().orElse("");
    }

    static Instant answered(Round round) {
        return round.transaction()
                .finalAnswer()
                .map(answer -> answer.first().at())
                .orElse(round.transaction().last());
    }
}
