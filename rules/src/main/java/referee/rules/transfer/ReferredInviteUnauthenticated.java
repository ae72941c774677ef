// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Authentication;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Leg;
import referee.diagnosis.Notify;
import referee.diagnosis.Referred;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.Challenge;

/// The referred call is challenged, and the transferee has no account there (RFC 3515 §2.4.3, RFC
/// 3261 §22).
public final class ReferredInviteUnauthenticated implements Rule.OnCase {
    @Override
    public String id() {
        return "referred-invite-unauthenticated";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var one : stories.transfers()) {
            check(one.transfer(), one.story(), stories).ifPresent(findings::add);
        }
        return findings;
    }

    private Optional<Finding> check(Transfer transfer, Story story, Case stories) {
        if (transfer.accepted().isEmpty()) return Optional.empty();
        var code = transfer.outcome().map(Notify::code).orElse(0);
        var calls = stories.referred(transfer).stream().map(Referred::leg).toList();
        var stopped = calls.stream().filter(one -> isStopped(one, code)).findFirst();
        var told = code == 401 || code == 407;
        if (stopped.isEmpty() && !told) return Optional.empty();

        var realm = stopped.flatMap(ReferredInviteUnauthenticated::realm);
        var says =
                stopped.map(one -> "the referred call was challenged with " + one.invite().code())
                                .orElse("NOTIFY says that the referred call ended with " + code)
                        + realm.map(name -> " for realm \"" + name + "\"").orElse("")
                        + (code == 403 ? " and then refused with 403" : "");
        var draft =
                transfer.finding(this, story, says)
                        .certainty(told ? PROVEN : LIKELY)
                        .blames(OPERATOR)
                        .blames(TRANSFEROR, transfer.transferor())
                        .proof(transfer.refer().request().stream().toList())
                        .value("realm", realm.orElse("the target's realm"));
        transfer.outcome().flatMap(one -> one.transaction().request()).ifPresent(draft::proof);
        stopped.map(Leg::invite)
                .flatMap(Transaction::finalAnswer)
                .map(Answer::first)
                .ifPresent(draft::proof);
        return Optional.of(draft.finding());
    }

    /// Challenged, and given up without credentials; where the outcome is known, whatever the
    /// capture shows of the rest.
    private static boolean isStopped(Leg leg, int code) {
        if (!leg.invite().isChallenged()) return false;
        var exchange =
                leg.story().authentications().stream()
                        .filter(one -> one.first().transaction().equals(leg.invite()))
                        .findFirst();
        if (exchange.isEmpty()) return false;
        var last = exchange.get().last();
        if (!exchange.get().endsChallenged()) return last.transaction().code() == 403;
        return last.refusals().isEmpty() && isOver(exchange.get(), code, leg.story());
    }

    private static boolean isOver(Authentication exchange, int code, Story story) {
        return code == 401 || code == 407 || code == 403 || exchange.isGivenUp(story);
    }

    private static Optional<String> realm(Leg leg) {
        return leg.invite()
                .finalAnswer()
                .flatMap(answer -> Challenge.all(answer.first().message()).stream().findFirst())
                .flatMap(Challenge::realm);
    }
}
