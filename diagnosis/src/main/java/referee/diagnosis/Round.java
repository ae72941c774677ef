// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import referee.evidence.Sighting;
import referee.sip.Challenge;
import referee.sip.Credentials;

/// One request of an [Authentication] and what came of it.
public final class Round {
    private final Transaction transaction;
    private @Nullable List<Credentials> credentials;
    private @Nullable List<Challenge> challenges;

    Round(Transaction transaction) {
        this.transaction = transaction;
    }

    public Transaction transaction() {
        return transaction;
    }

    /// What the request carried, of either header; empty if it carried none or was not seen.
    public List<Credentials> credentials() {
        if (credentials == null) {
            credentials = transaction.message().map(Credentials::all).orElse(List.of());
        }
        return credentials;
    }

    /// What its 401 or 407 asked for; empty if it was not challenged, or without a challenge.
    public List<Challenge> challenges() {
        if (challenges == null) {
            challenges =
                    transaction
                            .finalAnswer()
                            .filter(Answer::isChallenge)
                            .map(answer -> Challenge.all(answer.first().message()))
                            .orElse(List.of());
        }
        return challenges;
    }

    public boolean isChallenged() {
        return transaction.isChallenged();
    }

    /// The challenges that refuse credentials which this very request carried: same realm, and the
    /// header that goes with it.
    public List<Challenge> refusals() {
        if (!isChallenged() || credentials().isEmpty()) return List.of();
        var refusals = new ArrayList<Challenge>(1);
        for (var challenge : challenges()) {
            if (provesFor(challenge)) refusals.add(challenge);
        }
        return refusals;
    }

    /// Whether this request carried credentials for that challenge's realm, in the header that goes
    /// with it.
    public boolean carriesFor(Challenge challenge) {
        for (var one : credentials()) {
            if (one.answer(challenge)) return true;
        }
        return false;
    }

    /// The same, with a response: those without one only say who asks (RFC 8760 §2.7).
    private boolean provesFor(Challenge challenge) {
        for (var one : credentials()) {
            if (one.answer(challenge) && !one.response().orElse("").isEmpty()) return true;
        }
        return false;
    }

    /// Whether credentials were refused because their nonce was stale.
    public boolean isStale() {
        return refusals().stream().anyMatch(Challenge::isStale);
    }

    /// Whether credentials were refused, and not because of their nonce.
    public boolean isRefused() {
        return !refusals().isEmpty() && !isStale();
    }

    /// The request, then its final response: what a finding about this round shows.
    public List<Sighting> proof() {
        var proof = new ArrayList<Sighting>(2);
        transaction.request().ifPresent(proof::add);
        transaction.finalAnswer().ifPresent(answer -> proof.add(answer.first()));
        return proof;
    }
}
