// SPDX-License-Identifier: Apache-2.0
package referee.report;

import referee.diagnosis.Answer;
import referee.diagnosis.Notify;
import referee.diagnosis.Transfer;

/// How far a transfer came, in words.
final class TransferWords {
    private TransferWords() {}

    static String of(Transfer transfer) {
        var outcome = transfer.outcome();
        if (outcome.isPresent()) return told(transfer, outcome.get());
        var accepted = transfer.accepted();
        if (accepted.isEmpty()) return refused(transfer);
        var words = "the REFER was accepted with " + accepted.get().code();
        if (transfer.isWithoutSubscription()) return words + "; both sides agreed on no NOTIFY";
        if (transfer.notifies().isEmpty()) return words + "; no NOTIFY told the outcome";
        return words
                + "; the last NOTIFY says "
                + transfer.notifies().getLast().code()
                + ", which is no outcome";
    }

    private static String told(Transfer transfer, Notify outcome) {
        var words =
                outcome.code() < 300
                        ? "NOTIFY says %d: the target answered".formatted(outcome.code())
                        : "NOTIFY says %d: the target did not answer".formatted(outcome.code());
        return transfer.reachedTransferor(outcome)
                ? words
                : words + ", but it did not reach the transferor";
    }

    private static String refused(Transfer transfer) {
        return transfer.refer()
                .finalAnswerAnywhere()
                .map(Answer::code)
                .map(code -> "the REFER was refused with " + code)
                .orElse("the REFER got no final response");
    }
}
