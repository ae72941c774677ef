// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Binding;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;

/// A request that cannot be delivered, because the connection its client registered over is gone
/// (RFC 5626 §5.3.1).
public final class ConnectionLost implements Rule.OnStory {
    private static final int FLOW_FAILED = 430;

    @Override
    public String id() {
        return "connection-lost";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var one : story.transactions()) flowFailed(one, story).ifPresent(findings::add);
        if (story.isOneSided()) return findings;
        for (var binding : story.bindings()) {
            if (binding.transport().isReliable() && !binding.isWoken())
                unheard(binding, story).ifPresent(one -> findings.add(silent(binding, one, story)));
        }
        return findings;
    }

    /// The edge proxy says itself that the flow is gone.
    private Optional<Finding> flowFailed(Transaction transaction, Story story) {
        for (var hop : transaction.hops().reversed()) {
            var answer =
                    hop.answers().stream()
                            .filter(one -> one.code() == FLOW_FAILED)
                            .map(Answer::first)
                            .findFirst();
            if (answer.isEmpty()) continue;
            var says =
                    "%s was answered 430 Flow Failed: %s has no connection to the client any more"
                            .formatted(transaction.method(), hop.server());
            return Optional.of(
                    story.finding(this, says)
                            .proof(hop.requests())
                            .proof(answer.get())
                            .blames(CLIENT)
                            .blames(NETWORK)
                            .value("edge", hop.server())
                            .finding());
        }
        return Optional.empty();
    }

    private static Optional<Transaction> unheard(Binding binding, Story story) {
        return story.transactions().stream()
                .filter(one -> one.lastHop().server().equals(binding.client()))
                .filter(one -> one.lastHop().transport().isReliable())
                .filter(one -> Sent.isUnanswered(one, story))
                .findFirst();
    }

    private Finding silent(Binding binding, Transaction request, Story story) {
        var hop = request.lastHop();
        var age = Duration.between(binding.at(), hop.requests().getFirst().at()).toSeconds();
        var moved = binding.next().filter(next -> !next.client().equals(binding.client()));
        var says =
                "%s over the connection to %s got no answer, %d s after the client registered over it%s"
                        .formatted(
                                request.method(),
                                binding.client(),
                                age,
                                moved.map(next -> "; it came back from " + next.client())
                                        .orElse(""));
        return story.finding(this, says)
                .certainty(moved.isPresent() ? LIKELY : POSSIBLE)
                .proof(hop.requests())
                .blames(CLIENT, binding.client())
                .blames(SERVER, hop.client())
                .value("client", binding.client())
                .value("edge", hop.client())
                .finding();
    }
}
