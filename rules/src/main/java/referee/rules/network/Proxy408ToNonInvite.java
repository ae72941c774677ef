// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Methods;

/// A 408 to a request other than INVITE, which nobody may send (RFC 4320 §4.2).
public final class Proxy408ToNonInvite implements Rule.OnTransaction {
    @Override
    public String id() {
        return "proxy-408-to-non-invite";
    }

    @Override
    public Severity severity() {
        return Severity.LOW;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (transaction.is(Methods.INVITE)) return List.of();
        var origin = origin(transaction);
        if (origin.isEmpty()) return List.of();
        var hop = origin.get();
        var answer = timeout(hop).orElseThrow().first();
        var silent = beyond(hop, transaction);
        var after = after(hop, answer);
        var says =
                "%s was answered 408%s"
                                .formatted(
                                        transaction.method(),
                                        after.map(time -> " after " + time.toSeconds() + " s")
                                                .orElse(""))
                        + silent.map(next -> "; %s never answered".formatted(next.server()))
                                .orElse("");
        var draft =
                story.finding(this, says)
                        .proof(hop.requests())
                        .proof(answer)
                        .blames(MIDDLEBOX, hop.server())
                        .value("method", transaction.method());
        silent.ifPresent(next -> draft.proof(next.requests()).value("peer", next.server()));
        var late = after.filter(time -> isLate(time, transaction, story)).isPresent();
        if (silent.isEmpty() && !late) draft.certainty(LIKELY);
        return draft.list();
    }

    /// The hop furthest from the client that a 408 came back on.
    private static Optional<Hop> origin(Transaction transaction) {
        for (var hop : transaction.hops().reversed()) {
            if (timeout(hop).isPresent() && !hop.client().equals(hop.server()))
                return Optional.of(hop);
        }
        return Optional.empty();
    }

    private static Optional<Answer> timeout(Hop hop) {
        return hop.answers().stream().filter(answer -> answer.code() == 408).findFirst();
    }

    /// Where the element that sent the 408 had passed the request on to.
    private static Optional<Hop> beyond(Hop origin, Transaction transaction) {
        return transaction.hops().stream()
                .filter(hop -> hop.depth() > origin.depth() && hop.finalAnswer().isEmpty())
                .filter(hop -> !hop.requests().isEmpty())
                .findFirst();
    }

    private static Optional<Duration> after(Hop hop, Sighting answer) {
        return hop.requests().stream()
                .findFirst()
                .map(request -> Duration.between(request.at(), answer.at()));
    }

    /// Whether it came when the client had given up, or was about to.
    private static boolean isLate(Duration time, Transaction transaction, Story story) {
        var patience = transaction.patience(story.timers());
        return time.compareTo(patience.minusSeconds(2)) > 0;
    }
}
