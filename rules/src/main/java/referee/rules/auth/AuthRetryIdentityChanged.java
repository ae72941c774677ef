// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Past.Leniency;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.Methods;

/// A challenge is answered under another Call-ID or From tag, and the server refuses (RFC 3261
/// §8.1.3.5).
public final class AuthRetryIdentityChanged implements Rule.OnStory {
    /// A request with this nonce later than this is a call of its own.
    private static final Duration SOON = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "auth-retry-identity-changed";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        if (story.past().leniency().contains(Leniency.FROM_TAG)) return List.of();
        for (var authentication : story.authentications()) {
            if (authentication.isSuccess()) continue;
            var first = authentication.first().transaction();
            var found = elsewhere(first, story).or(() -> otherTag(first, story));
            if (found.isPresent()) return List.of(found.get());
        }
        return otherTagOfRetries(story);
    }

    /// The first request of this Call-ID already answers a challenge that another got.
    private Optional<Finding> elsewhere(Transaction first, Story story) {
        for (var sent : credentials(first)) {
            var issue = story.past().issue(sent.nonce().orElse(""));
            if (issue.isEmpty() || Counts.count(sent) > 1 || isStale(first)) continue;
            if (!issue.get().host().equals(first.client().host())) continue;
            if (issue.get().at().plus(SOON).isBefore(first.first())) continue;
            if (issue.get().at().isAfter(first.first())) continue;
            var says =
                    "%s answers the challenge of frame %d under another Call-ID, and was answered with %d"
                            .formatted(first.method(), issue.get().frame(), first.code());
            return Optional.of(finding(says, proof(first), first, story));
        }
        return Optional.empty();
    }

    /// An earlier request of this Call-ID, with another From tag, got the challenge.
    private Optional<Finding> otherTag(Transaction retry, Story story) {
        for (var sent : credentials(retry)) {
            for (var asked : story.transactions(retry.method())) {
                if (asked.fromTag().same(retry.fromTag()) || !isAskedFor(sent, asked)) continue;
                var proof = new ArrayList<>(proof(asked));
                proof.addAll(proof(retry));
                var says =
                        "%s answers a challenge with another From tag, and was answered with %d"
                                .formatted(retry.method(), retry.code());
                return Optional.of(finding(says, proof, retry, story));
            }
        }
        return Optional.empty();
    }

    private List<Finding> otherTagOfRetries(Story story) {
        for (var authentication : story.authentications()) {
            var retry = Retry.refused(authentication, Mistake.IDENTITY, story);
            if (retry.isEmpty()) continue;
            var found = otherTag(retry.get().after().transaction(), story);
            if (found.isPresent()) return List.of(found.get());
        }
        return List.of();
    }

    private static boolean isAskedFor(Credentials sent, Transaction asked) {
        return asked.isChallenged()
                && Challenge.all(asked.finalAnswer().orElseThrow().first().message()).stream()
                        .anyMatch(one -> one.nonce().equals(sent.nonce()));
    }

    private static boolean isStale(Transaction one) {
        return Challenge.all(one.finalAnswer().orElseThrow().first().message()).stream()
                .anyMatch(Challenge::isStale);
    }

    private static List<Credentials> credentials(Transaction one) {
        return one.message().map(Credentials::all).orElse(List.of());
    }

    private static List<Sighting> proof(Transaction one) {
        var proof = new ArrayList<Sighting>(2);
        one.request().ifPresent(proof::add);
        one.finalAnswer().ifPresent(answer -> proof.add(answer.first()));
        return proof;
    }

    private Finding finding(String says, List<Sighting> proof, Transaction retry, Story story) {
        return story.finding(this, says)
                .certainty(retry.is(Methods.REGISTER) ? POSSIBLE : LIKELY)
                .blames(CLIENT, retry.client())
                .proof(proof)
                .value("method", retry.method())
                .finding();
    }
}
