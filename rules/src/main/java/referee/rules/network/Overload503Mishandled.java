// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Severity.MEDIUM;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Overload;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.HeaderName;

/// A server that asked to be left alone with 503 and Retry-After, and is not (RFC 3261 §21.5.4), or
/// a proxy that passes that 503 on (RFC 3261 §16.7 item 6).
public final class Overload503Mishandled implements Rule.OnStory {
    @Override
    public String id() {
        return "overload-503-mishandled";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var overload : story.overloads()) {
            if (!overload.early().isEmpty()) findings.add(early(overload, story));
        }
        if (!findings.isEmpty()) return findings;
        for (var one : story.transactions()) relayed(one, story).ifPresent(findings::add);
        return findings;
    }

    private Finding early(Overload overload, Story story) {
        var first = overload.early().getFirst();
        var wait = Duration.between(overload.refusal().at(), overload.until()).toSeconds();
        var after = Duration.between(overload.refusal().at(), first.at()).toMillis() / 1000.0;
        var says =
                "%s said 503 with Retry-After: %d, and %s went there %.1f s later"
                        .formatted(
                                overload.refusal().from(), wait, first.message().method(), after);
        if (overload.early().size() > 1)
            says += ", %d requests in that time".formatted(overload.early().size());
        return story.finding(this, says)
                .proof(overload.refusal())
                .proof(overload.early())
                .blames(CLIENT, overload.refusal().to())
                .value("peer", overload.refusal().from())
                .value("wait", wait)
                .finding();
    }

    /// The 503 of one server, handed to a client to which it says nothing about the proxy.
    private Optional<Finding> relayed(Transaction transaction, Story story) {
        var tries = story.transactions(transaction.method()).size();
        for (var inner : transaction.hops()) {
            var said = refusal(inner);
            if (said.isEmpty()) continue;
            for (var outer : transaction.hops()) {
                var passed = refusal(outer);
                if (passed.isEmpty() || !isBehind(inner, outer)) continue;
                if (tries < 2 && !said.get().message().has(HeaderName.RETRY_AFTER)) continue;
                var says =
                        "%s got 503 from %s and passed it on to %s"
                                .formatted(outer.server(), inner.server(), outer.client());
                return Optional.of(
                        story.finding(this, says)
                                .severity(MEDIUM)
                                .certainty(LIKELY)
                                .proof(said.get(), passed.get())
                                .blames(MIDDLEBOX, outer.server())
                                .value("peer", inner.server())
                                .finding());
            }
        }
        return Optional.empty();
    }

    private static boolean isBehind(Hop inner, Hop outer) {
        return inner.depth() > outer.depth()
                && outer.server().host().equals(inner.client().host())
                && !outer.client().host().equals(inner.client().host());
    }

    private static Optional<Sighting> refusal(Hop hop) {
        return hop.answers().stream()
                .filter(answer -> answer.code() == 503)
                .map(answer -> answer.first())
                .findFirst();
    }
}
