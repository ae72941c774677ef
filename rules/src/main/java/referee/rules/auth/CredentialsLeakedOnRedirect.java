// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.Methods;

/// After a redirect the INVITE to the new target still carries credentials for the old server (RFC
/// 3261 §8.1.3.4 and §22.3).
public final class CredentialsLeakedOnRedirect implements Rule.OnStory {
    @Override
    public String id() {
        return "credentials-leaked-on-redirect";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        for (var redirected : story.transactions(Methods.INVITE)) {
            if (redirected.code() < 300 || redirected.code() > 399) continue;
            var end = redirected.finalAnswer().orElseThrow();
            for (var next : story.transactions(Methods.INVITE)) {
                if (!next.first().isAfter(end.first().at()) || next.isSuccess()) continue;
                if (!next.client().host().equals(redirected.client().host())) continue;
                if (next.finalAnswer().isEmpty()) continue;
                var leaked = leaked(next, story);
                if (leaked.isPresent()) return List.of(finding(next, end, leaked.get(), story));
            }
        }
        return List.of();
    }

    /// Credentials whose realm another server asked for, and this one never did.
    private static Optional<Credentials> leaked(Transaction next, Story story) {
        var to = next.server().host();
        return next.message().map(Credentials::all).orElse(List.of()).stream()
                .filter(one -> !one.response().orElse("").isEmpty())
                .filter(one -> hasAsked(one, to, false, story) && !hasAsked(one, to, true, story))
                .findFirst();
    }

    private static boolean hasAsked(Credentials one, String host, boolean same, Story story) {
        return story.transactions().stream()
                .filter(Transaction::isChallenged)
                .filter(asked -> asked.server().host().equals(host) == same)
                .map(asked -> asked.finalAnswer().orElseThrow().first().message())
                .flatMap(message -> Challenge.all(message).stream())
                .anyMatch(asked -> asked.realm().equals(one.realm()));
    }

    private Finding finding(Transaction next, Answer redirect, Credentials leaked, Story story) {
        var says =
                "after a %d the INVITE to %s still carries credentials for realm \"%s\", which that server never asked for; the answer was %d"
                        .formatted(
                                redirect.code(),
                                next.server(),
                                leaked.realm().orElse(""),
                                next.code());
        return story.finding(this, says)
                .blames(CLIENT, next.client())
                .proof(redirect.first())
                .proof(next.request().orElseThrow())
                .proof(next.finalAnswer().orElseThrow().first())
                .value("header", Lamp.header(leaked))
                .value("realm", leaked.realm().orElse(""))
                .value("target", next.server())
                .finding();
    }
}
