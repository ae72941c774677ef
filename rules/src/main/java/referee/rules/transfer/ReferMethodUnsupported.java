// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.util.List;
import java.util.Set;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.evidence.Sighting;
import referee.sip.Commas;
import referee.sip.HeaderName;
import referee.sip.SipMessage;

/// The peer does not implement REFER (RFC 3261 §8.2.1).
public final class ReferMethodUnsupported implements Rule.OnTransfer {
    @Override
    public String id() {
        return "refer-method-unsupported";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    /// What peers that do not know REFER answer as well.
    private static final Set<Integer> VAGUE = Set.of(400, 404, 406, 488, 500);

    private enum Announced {
        YES,
        NO,
        UNKNOWN
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var announced = announced(transfer, story);
        var refused =
                transfer.refer()
                        .finalAnswerAnywhere()
                        .filter(one ->
                                isUnsupported(one)
                                        || announced == Announced.NO && VAGUE.contains(one.code()));
        if (refused.isEmpty()) return List.of();

        var says =
                "REFER was answered with %d; %s".formatted(refused.get().code(), words(announced));
        var draft =
                transfer.finding(this, story, says)
                        .certainty(isUnsupported(refused.get()) ? PROVEN : LIKELY)
                        .proof(transfer.refer().request().stream().toList())
                        .proof(refused.get().first());
        return (switch (announced) {
                    case YES -> draft.blames(TRANSFEREE, transfer.transferee());
                    case NO -> draft.blames(TRANSFEROR, transfer.transferor()).blames(OPERATOR);
                    case UNKNOWN ->
                            draft.blames(OPERATOR).blames(TRANSFEROR, transfer.transferor());
                })
                .list();
    }

    /// 501, or a 405 whose Allow does not list REFER after all.
    private static boolean isUnsupported(Answer answer) {
        return answer.code() == 501
                || answer.code() == 405 && lists(answer.first().message()) != Announced.YES;
    }

    private static String words(Announced announced) {
        return switch (announced) {
            case YES -> "the peer had listed REFER in Allow before";
            case NO -> "the peer's Allow had not listed REFER before";
            case UNKNOWN -> "the peer had not said before what it allows";
        };
    }

    /// What the peer said in Allow before the REFER.
    private static Announced announced(Transfer transfer, Story story) {
        var sent = transfer.refer().first();
        return story.sightings()
                .filter(seen ->
                        seen.at().isBefore(sent)
                                && seen.from().host().equals(transfer.transferee().host()))
                .map(Sighting::message)
                .map(ReferMethodUnsupported::lists)
                .filter(one -> one != Announced.UNKNOWN)
                .reduce((_, later) -> later)
                .orElse(Announced.UNKNOWN);
    }

    private static Announced lists(SipMessage message) {
        var found = Announced.UNKNOWN;
        for (var i = message.indexOf(HeaderName.ALLOW);
                i >= 0;
                i = message.indexOf(HeaderName.ALLOW, i + 1)) {
            found = found == Announced.UNKNOWN ? Announced.NO : found;
            for (var method : Commas.split(message.value(i))) {
                if (method.is("REFER")) return Announced.YES;
            }
        }
        return found;
    }
}
