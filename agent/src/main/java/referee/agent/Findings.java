// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.util.Optional;
import referee.stack.Failure;
import referee.stack.TransportError;

/// What the questions of an [Inquiry] have shown, and whom it speaks against. Never more certain
/// than the answers.
final class Findings {
    enum State {
        UNKNOWN("unknown"),
        ALIVE("alive"),
        GONE("gone"),
        /// Nothing came back.
        SILENT("silent"),
        /// Answered, but by somebody who does not know the question.
        UNCLEAR("unclear");

        private final String word;

        State(String word) {
            this.word = word;
        }

        String word() {
            return word;
        }

        /// Only 481 says that there was none; other refusals end it too, whatever was before (RFC
        /// 6665 §4.1.2.2).
        static State ofSubscribe(Failure why) {
            return switch (why) {
                case Failure.Rejected(var response) -> response.code() == 481 ? GONE : UNCLEAR;
                case Failure.TimedOut _, Failure.Unreachable _ -> SILENT;
                default -> UNCLEAR;
            };
        }

        /// Whoever refuses OPTIONS is there; a dialog that is not known is gone.
        static State ofOptions(Failure why) {
            return switch (why) {
                case Failure.Rejected(var response) -> response.code() == 481 ? GONE : ALIVE;
                case Failure.TimedOut _, Failure.Unreachable _ -> SILENT;
                default -> ALIVE;
            };
        }
    }

    State subscription = State.UNKNOWN;
    State dialog = State.UNKNOWN;
    State transport = State.UNKNOWN;
    boolean notifiedNow;
    private Optional<TransportError> dead = Optional.empty();

    /// Keeps what the network says of a question.
    void failed(Failure why) {
        if (why instanceof Failure.Unreachable(var error)) dead = Optional.of(error);
    }

    private boolean allSilent() {
        return subscription != State.ALIVE
                && subscription != State.GONE
                && subscription != State.UNCLEAR
                && dialog != State.ALIVE
                && dialog != State.GONE
                && transport == State.SILENT;
    }

    /// Whom it speaks against; empty where the target rings and nobody has answered yet.
    Optional<ProbeResult.Blame> blame(Observed observed) {
        return isRinging(observed) ? Optional.empty() : Optional.of(fault(observed));
    }

    private boolean isRinging(Observed observed) {
        var rings = observed.status().filter(one -> one.code() >= 180 && one.code() < 200);
        return rings.isPresent()
                && observed.refused().isEmpty()
                && subscription != State.GONE
                && dialog != State.GONE
                && !allSilent();
    }

    private ProbeResult.Blame fault(Observed observed) {
        if (observed.refused().isPresent()) return refused(observed.refused().get());
        if (allSilent()) return lost(observed);
        if (dialog == State.GONE && subscription != State.ALIVE)
            return blame(
                    "dialog-lost-481",
                    "transferee",
                    "likely",
                    "the other side has forgotten the whole dialog, and sent no BYE");
        if (subscription == State.GONE) return forgotten(observed);
        if (notifiedNow || observed.isNotified())
            return blame(
                    "refer-no-notify",
                    "transferee",
                    "likely",
                    "NOTIFY gets through, so the other side has not told the outcome");
        return silent(observed);
    }

    private static ProbeResult.Blame refused(Observed.Refused notify) {
        return notify.named()
                ? blame(
                        "refer-notify-id-missing-or-misassigned",
                        "transferee",
                        "likely",
                        notify.says() + ", because it names no transfer of ours")
                : blame(
                        "refer-no-notify",
                        "transferee",
                        "likely",
                        notify.says() + ", because it does not come in the dialog of the REFER");
    }

    private ProbeResult.Blame lost(Observed observed) {
        var known =
                dead.map(Words::of)
                        .or(() ->
                                observed.lost()
                                        .map(says -> says + ", and nothing is answered since"));
        return blame(
                "connection-lost",
                "network",
                known.isPresent() ? "likely" : "possible",
                known.orElse(
                        "the other side does not answer anything any more: it or the way there is gone"));
    }

    private ProbeResult.Blame forgotten(Observed observed) {
        if (!observed.isNotified() && observed.unreachable().isPresent()) return silent(observed);
        return observed.isNotified()
                ? blame(
                        "notify-terminated-without-outcome",
                        "transferee",
                        "likely",
                        "the other side has dropped the subscription without the last NOTIFY")
                : blame(
                        "refer-no-notify",
                        "transferee",
                        "likely",
                        "the other side accepted the REFER and keeps no subscription for it");
    }

    private ProbeResult.Blame silent(Observed observed) {
        if (observed.isSubscribedElsewhere())
            return blame(
                    "refer-sub-suppression-mishandled",
                    "transferee",
                    "likely",
                    "the other side wants a subscription at Refer-Events-At, which the REFER did not ask for");
        if (observed.unreachable().isPresent())
            return blame(
                    "private-address-in-contact",
                    "client",
                    subscription == State.ALIVE ? "likely" : "possible",
                    "NOTIFY probably goes to our Contact, where it cannot arrive: "
                            + observed.unreachable().get());
        return blame(
                "refer-no-notify",
                "transferee",
                "possible",
                subscription == State.ALIVE
                        ? "the other side keeps the subscription and sends no NOTIFY, or it gets lost on the way"
                        : "the other side accepted the REFER, and nothing shows that it sends NOTIFY");
    }

    private static ProbeResult.Blame blame(
            String fault, String party, String certainty, String says) {
        return new ProbeResult.Blame(fault, party, certainty, says);
    }
}
