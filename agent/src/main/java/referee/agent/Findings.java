// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import referee.stack.Failure;

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

        static State ofSubscribe(Failure why) {
            return switch (why) {
                case Failure.Rejected(var response) ->
                        response.code() == 481 || response.code() == 404 ? GONE : UNCLEAR;
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

    private boolean allSilent() {
        return subscription != State.ALIVE
                && subscription != State.GONE
                && subscription != State.UNCLEAR
                && dialog != State.ALIVE
                && dialog != State.GONE
                && transport == State.SILENT;
    }

    ProbeResult.Blame blame(Observed observed) {
        if (observed.refused().isPresent())
            return blame(
                    "refer-notify-id-missing-or-misassigned",
                    "transferee",
                    "likely",
                    observed.refused().get() + ", because it names no transfer of ours");
        if (allSilent())
            return blame(
                    "connection-lost",
                    "network",
                    "possible",
                    "the other side does not answer anything any more: it or the way there is gone");
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

    private ProbeResult.Blame forgotten(Observed observed) {
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
                subscription == State.ALIVE ? "likely" : "possible",
                subscription == State.ALIVE
                        ? "the other side keeps the subscription and sends no NOTIFY, or it gets lost on the way"
                        : "the other side accepted the REFER, and nothing shows that it sends NOTIFY");
    }

    private static ProbeResult.Blame blame(
            String fault, String party, String certainty, String says) {
        return new ProbeResult.Blame(fault, party, certainty, says);
    }
}
