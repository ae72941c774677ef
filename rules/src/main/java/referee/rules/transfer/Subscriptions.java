// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import java.time.Duration;
import java.util.List;
import referee.diagnosis.Notify;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.reference.Code;
import referee.reference.Codes;
import referee.sip.Event;
import referee.sip.Expires;
import referee.sip.Methods;

/// How long a refer subscription lasts, and what ends it (RFC 6665 §4.1.2, §4.2.2).
final class Subscriptions {
    /// Where the notifier does not say how long it lasts.
    private static final Duration UNSAID = Duration.ofMinutes(3);

    /// Copies of a NOTIFY after its answer that show that none came: two may be lost packets.
    private static final int REPEATED = 3;

    private static final Duration LONGEST = Duration.ofDays(1);

    private Subscriptions() {}

    /// What the NOTIFY says is left of it, a day at most.
    static Duration lasts(Notify notify) {
        var said = notify.state().flatMap(state -> state.expires()).orElse(UNSAID.toSeconds());
        return Duration.ofSeconds(Math.min(said, LONGEST.toSeconds()));
    }

    /// Whether the answer to this NOTIFY makes the notifier drop the subscription (RFC 6665
    /// §4.2.2).
    static boolean isEndedByAnswer(Notify notify) {
        return endsIt(notify.transaction().code());
    }

    /// Whether the notifier goes on to repeat this NOTIFY as if no answer had come: then it gives
    /// up the subscription (RFC 6665 §4.2.2).
    static boolean isUnheard(Notify notify) {
        var hop = notify.transaction().lastHop();
        var answer = hop.finalAnswer();
        if (answer.isEmpty()) return true;
        var since = answer.get().first().at();
        return hop.requests().stream().filter(one -> one.at().isAfter(since)).count() >= REPEATED;
    }

    static boolean endsIt(int code) {
        return Codes.of(code).map(Code::endsSubscription).orElse(false);
    }

    /// The requests of the transferor that ask for more time.
    static List<Transaction> refreshes(Transfer transfer, Story story) {
        return story.transactions(Methods.SUBSCRIBE).stream()
                .filter(one -> one.isInDialog())
                .filter(one -> one.fromTag().same(transfer.refer().fromTag()))
                .filter(Subscriptions::asksForMore)
                .toList();
    }

    private static boolean asksForMore(Transaction subscribe) {
        var message = subscribe.message();
        return message.flatMap(one -> one.first(Event.KIND).optional())
                        .filter(Event::isRefer)
                        .isPresent()
                && message.flatMap(one -> one.first(Expires.KIND).optional())
                        .filter(expires -> expires.seconds() == 0)
                        .isEmpty();
    }
}
