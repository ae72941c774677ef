// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Leg;
import referee.diagnosis.Referred;
import referee.diagnosis.Transfer;
import referee.evidence.Sighting;

/// What became of the call that a REFER asked for, as seen in the call itself or told by NOTIFY.
///
/// @param calls the INVITEs seen, attempts before a challenge included
/// @param code the final answer of the last one; else what the NOTIFY says; 0 where neither is here
record Attempts(List<Leg> calls, int code, List<Sighting> proof) {

    static Attempts of(Transfer transfer, Case stories) {
        var calls = stories.referred(transfer).stream().map(Referred::leg).toList();
        var answer = last(calls).flatMap(leg -> leg.invite().finalAnswerAnywhere());
        var outcome = transfer.outcome();
        var proof = new java.util.ArrayList<Sighting>();
        last(calls).flatMap(leg -> leg.invite().request()).ifPresent(proof::add);
        answer.map(Answer::first).ifPresent(proof::add);
        outcome.flatMap(one -> one.transaction().request()).ifPresent(proof::add);
        var code = answer.map(Answer::code).or(() -> outcome.map(one -> one.code())).orElse(0);
        return new Attempts(calls, code, proof);
    }

    Optional<Leg> last() {
        return last(calls);
    }

    boolean isSuccess() {
        return code >= 200 && code < 300;
    }

    private static Optional<Leg> last(List<Leg> calls) {
        return calls.isEmpty() ? Optional.empty() : Optional.of(calls.getLast());
    }
}
