// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import referee.stack.Notice;
import referee.stack.Reply;

/// Odd ways to be told to call somebody.
final class Referrals {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final Duration RING = Duration.ofSeconds(3);
    private static final String ACTIVE = "active;expires=120";
    private static final String DONE = "terminated;reason=noresource";

    private Referrals() {}

    static void late(Turn turn) {
        turn.reply(202);
        turn.after(Duration.ofSeconds(40), then -> then.progress(Reply.of(200), DONE));
    }

    static void endedAtOnce(Turn turn) {
        turn.reply(202);
        turn.progress(Reply.of(100), DONE);
    }

    static void withoutBody(Turn turn) {
        turn.reply(202);
        turn.notify(Notice.of(ACTIVE));
        turn.after(Duration.ofSeconds(2), then -> then.notify(Notice.of(DONE)));
    }

    static void bareLf(Turn turn) {
        begin(turn);
        turn.after(
                SOON,
                then ->
                        then.notify(
                                Notice.of(DONE)
                                        .body("message/sipfrag;version=2.0", "SIP/2.0 200 OK\n")));
    }

    static void leftActive(Turn turn) {
        begin(turn);
        turn.after(SOON, then -> then.progress(Reply.of(200), ACTIVE));
    }

    static void expired(Turn turn) {
        turn.reply(202);
        turn.progress(Reply.of(100), "active;expires=5");
        turn.after(SOON, then -> then.progress(Reply.of(180), "active;expires=5"));
        turn.after(
                Duration.ofSeconds(5),
                then -> then.progress(Reply.of(180), "terminated;reason=timeout"));
    }

    static void silent(Turn turn) {
        turn.reply(202);
        turn.progress(Reply.of(100), "active;expires=30");
    }

    static void otherId(Turn turn) {
        turn.reply(202);
        var wrong = "refer;id=" + (Written.number(turn.request()) + 40);
        turn.notify(Notice.sipfrag(100, "Trying", ACTIVE).with("Event", wrong));
    }

    static void twoAtOnce(Turn turn) {
        turn.reply(202);
        turn.progress(Reply.of(100), ACTIVE);
        turn.progress(Reply.of(200), DONE);
    }

    static void byeFirst(Turn turn) {
        begin(turn);
        turn.after(
                Duration.ofSeconds(1),
                then -> {
                    then.call().ifPresent(then::hangUp);
                    then.progress(Reply.of(200), DONE);
                });
    }

    static void quietly(Turn turn) {
        turn.reply(Reply.of(202).with("Refer-Sub", "false"));
    }

    static void notifiedFirst(Turn turn) {
        turn.progress(Reply.of(100), ACTIVE);
        turn.after(
                SOON,
                then -> {
                    then.reply(202);
                    then.progress(Reply.of(200), DONE);
                });
    }

    static void busy(Turn turn) {
        failed(turn, 486);
    }

    static void busySoon(Turn turn) {
        begin(turn);
        turn.after(RING, then -> then.progress(Reply.of(486), DONE));
    }

    static void failed(Turn turn, int code) {
        begin(turn);
        turn.after(SOON, then -> then.progress(Reply.of(code), DONE));
    }

    private static void begin(Turn turn) {
        turn.reply(202);
        turn.progress(Reply.of(100), ACTIVE);
    }
}
