// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Authentication;
import referee.diagnosis.Notify;
import referee.diagnosis.Round;
import referee.diagnosis.Story;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.DigestAlgorithm;
import referee.sip.Methods;

/// A challenged request and the next try, and what is wrong with that: at most one thing, so that
/// no two rules explain the same messages.
///
/// @param before the challenged request
/// @param after the next request
record Retry(Round before, Round after) {
    /// What is wrong with a retry, the most telling first.
    enum Mistake {
        /// It carries no credentials for what was asked.
        NO_CREDENTIALS,
        /// The credentials stand in the header of the other kind.
        WRONG_HEADER,
        /// The CSeq number is that of the challenged request.
        SAME_CSEQ,
        /// The nonce is not the one of the challenge.
        OLD_NONCE,
        /// qop, nc and cnonce do not go together.
        QOP_FORM,
        NONE
    }

    static List<Retry> of(Authentication authentication) {
        var rounds = authentication.rounds();
        var retries = new ArrayList<Retry>(1);
        for (var i = 1; i < rounds.size(); i++)
            retries.add(new Retry(rounds.get(i - 1), rounds.get(i)));
        return retries;
    }

    /// The first retry with this mistake that was refused, unless the client got through in the
    /// end.
    static Optional<Retry> refused(Authentication authentication, Mistake mistake) {
        if (authentication.isSuccess()) return Optional.empty();
        for (var retry : of(authentication)) {
            if (retry.after().transaction().code() >= 400 && retry.mistake() == mistake)
                return Optional.of(retry);
        }
        return Optional.empty();
    }

    /// The challenge that was answered, and the credentials for it.
    record Match(Challenge challenge, Credentials credentials) {}

    Optional<Match> match() {
        for (var challenge : before.challenges()) {
            for (var credentials : after.credentials()) {
                var same =
                        DigestAlgorithm.of(challenge.algorithm())
                                .equals(DigestAlgorithm.of(credentials.algorithm()));
                if (credentials.answer(challenge) && same)
                    return Optional.of(new Match(challenge, credentials));
            }
        }
        return before.challenges().stream()
                .flatMap(challenge ->
                        after.credentials().stream()
                                .filter(one -> one.answer(challenge))
                                .map(one -> new Match(challenge, one)))
                .findFirst();
    }

    Mistake mistake() {
        var match = match();
        if (match.isEmpty())
            return wrongHeader().isPresent() ? Mistake.WRONG_HEADER : Mistake.NO_CREDENTIALS;
        if (after.transaction().cseq() == before.transaction().cseq()) return Mistake.SAME_CSEQ;
        var credentials = match.get().credentials();
        if (!credentials.nonce().equals(match.get().challenge().nonce())) return Mistake.OLD_NONCE;
        return isQopForm(match.get()) ? Mistake.QOP_FORM : Mistake.NONE;
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

    private static boolean isQopForm(Match match) {
        var credentials = match.credentials();
        if (credentials.qop().isEmpty()) return !match.challenge().qop().isEmpty();
        return credentials.cnonce().isEmpty()
                || credentials.nc().filter(Retry::isNonceCount).isEmpty();
    }

    private static boolean isNonceCount(String nc) {
        return nc.length() == 8 && nc.chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }

    /// Whether the transfer family has a rule of its own for this exchange.
    static boolean isOfTransfer(Authentication authentication, Story story) {
        return authentication.method().equals(Methods.REFER)
                || story.transfers().stream()
                        .flatMap(transfer -> transfer.notifies().stream())
                        .map(Notify::transaction)
                        .anyMatch(authentication.transactions()::contains);
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
