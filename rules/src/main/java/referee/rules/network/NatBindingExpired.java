// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Binding;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Transport;

/// A request that does not reach a client behind NAT which registered some time ago (RFC 5626
/// §4.4).
public final class NatBindingExpired implements Rule.OnStory {
    /// No NAT forgets a UDP binding sooner, as far as is known.
    private static final Duration SHORTEST = Duration.ofSeconds(30);

    @Override
    public String id() {
        return "nat-binding-expired";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        if (story.isOneSided()) return List.of();
        var findings = new ArrayList<Finding>(0);
        for (var binding : story.bindings()) {
            if (binding.transport() != Transport.UDP) continue;
            if (!binding.isTranslated() || binding.isWoken()) continue;
            unheard(binding, story).ifPresent(one -> findings.add(finding(binding, one, story)));
        }
        return findings;
    }

    private static Optional<Transaction> unheard(Binding binding, Story story) {
        return story.transactions().stream()
                .filter(one -> one.lastHop().server().equals(binding.client()))
                .filter(one -> Sent.isUnanswered(one, story))
                .filter(one -> age(binding, one).compareTo(SHORTEST) >= 0)
                .filter(_ -> !isHeard(binding, story))
                .findFirst();
    }

    /// Whether the client said anything in this story.
    private static boolean isHeard(Binding binding, Story story) {
        return story.sightings().anyMatch(s -> s.from().equals(binding.client()));
    }

    private static Duration age(Binding binding, Transaction request) {
        return Duration.between(binding.at(), request.lastHop().requests().getFirst().at());
    }

    private Finding finding(Binding binding, Transaction request, Story story) {
        var age = age(binding, request).toSeconds();
        var says =
                "%s to %s got no answer, %d s after that client behind NAT registered%s"
                        .formatted(
                                request.method(),
                                binding.client(),
                                age,
                                binding.next()
                                        .map(next -> "; it registered again at " + next.client())
                                        .orElse(""));
        return story.finding(this, says)
                .certainty(POSSIBLE)
                .proof(request.lastHop().requests())
                .blames(CLIENT, binding.client())
                .blames(NETWORK)
                .value("client", binding.client())
                .value("age", age)
                .value("lifetime", binding.lifetime().toSeconds())
                .finding();
    }
}
