// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.OPERATOR;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Party;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.diagnosis.TransferIn;

/// An SBC passes a REFER on to a carrier that cannot act on it, instead of acting itself (RFC 3515
/// §2.4.2).
public final class ReferForwardedToWrongHop implements Rule.OnCase {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Override
    public String id() {
        return "refer-forwarded-to-wrong-hop";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Case stories) {
        if (stories.stories().size() < 2) return List.of();
        var findings = new ArrayList<Finding>(0);
        var all = stories.transfers();
        for (var one : all) {
            all.stream()
                    .filter(other -> other.story() != one.story())
                    .filter(other -> isSame(one.transfer(), other.transfer()))
                    .filter(other -> isRefused(other.transfer(), other.story()))
                    .findFirst()
                    .ifPresent(other -> findings.add(finding(one, other.transfer())));
        }
        return findings;
    }

    private Finding finding(TransferIn inside, Transfer passed) {
        var refer = passed.refer();
        var answer = refer.finalAnswerAnywhere();
        var says =
                "REFER was passed on to %s, which %s"
                        .formatted(
                                refer.lastHop().server(),
                                answer.map(one -> "answered with " + one.code())
                                        .orElse("did not answer"));
        return inside.transfer()
                .finding(this, inside.story(), says)
                .certainty(LIKELY)
                .blames(MIDDLEBOX, refer.client())
                .blames(OPERATOR)
                .proof(inside.transfer().refer().request().stream().toList())
                .proof(refer.request().stream().toList())
                .proof(answer.map(Answer::first).stream().toList())
                .value("carrier", refer.lastHop().server())
                .finding();
    }

    /// The same request to call the same party, sent soon after by who got the first, or by an
    /// element of the same case that has another address there.
    private static boolean isSame(Transfer transfer, Transfer passed) {
        var first = transfer.refer().first();
        var later = passed.refer().first();
        if (later.isBefore(first) || later.isAfter(first.plus(SOON))) return false;
        if (passed.transferor().host().equals(transfer.transferor().host())) return false;
        var one = transfer.target().flatMap(to -> Party.of(to.target()));
        var other = passed.target().flatMap(to -> Party.of(to.target()));
        return one.isPresent()
                && other.isPresent()
                && (one.equals(other)
                        || !one.get().user().isEmpty()
                                && one.get().user().equals(other.get().user()));
    }

    private static boolean isRefused(Transfer passed, Story story) {
        var refer = passed.refer();
        var answer = refer.finalAnswerAnywhere();
        if (answer.isPresent()) return answer.get().code() >= 400 && !answer.get().isChallenge();
        return passed.notifies().isEmpty()
                && !story.isOneSided()
                && story.watchedFor(
                        refer.patience(story.timers()),
                        refer.first(),
                        refer.lastHop().client(),
                        refer.lastHop().server());
    }
}
