// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Duration;
import referee.sip.CSeq;
import referee.stack.Notice;

/// Wrong ways to be told to call somebody.
final class Referrals {
    private static final Duration SOON = Duration.ofMillis(200);
    private static final String ACTIVE = "active;expires=120";
    private static final String DONE = "terminated;reason=noresource";

    private Referrals() {}

    static void late(Turn turn) {
        turn.reply(202);
        turn.after(Duration.ofSeconds(40), then -> then.progress(200, "OK", DONE));
    }

    static void endedAtOnce(Turn turn) {
        turn.reply(202);
        turn.progress(100, "Trying", DONE);
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
        turn.after(SOON, then -> then.progress(200, "OK", ACTIVE));
    }

    static void expired(Turn turn) {
        turn.reply(202);
        turn.progress(100, "Trying", "active;expires=5");
        turn.after(SOON, then -> then.progress(180, "Ringing", "active;expires=5"));
        turn.after(
                Duration.ofSeconds(5),
                then -> then.progress(180, "Ringing", "terminated;reason=timeout"));
    }

    static void otherId(Turn turn) {
        turn.reply(202);
        var number = turn.request().first(CSeq.KIND).optional().map(CSeq::number).orElse(1L);
        var wrong = "refer;id=" + (number + 40);
        turn.notify(Notice.sipfrag(100, "Trying", ACTIVE).with("Event", wrong));
    }

    static void twoAtOnce(Turn turn) {
        turn.reply(202);
        turn.progress(100, "Trying", ACTIVE);
        turn.progress(200, "OK", DONE);
    }

    static void byeFirst(Turn turn) {
        begin(turn);
        turn.after(
                Duration.ofSeconds(1),
                then -> {
                    then.call().ifPresent(then::hangUp);
                    then.progress(200, "OK", DONE);
                });
    }

    static void busy(Turn turn) {
        failed(turn, 486, "Busy Here");
    }

    static void failed(Turn turn, int code, String reason) {
        begin(turn);
        turn.after(SOON, then -> then.progress(code, reason, DONE));
    }

    private static void begin(Turn turn) {
        turn.reply(202);
        turn.progress(100, "Trying", ACTIVE);
    }
}
