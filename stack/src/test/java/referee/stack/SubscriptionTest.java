// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.sip.HeaderName.EXPIRES;

import java.time.Duration;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static Job subscribe(Pair pair, String event) {
        return pair.alice.start(
                pair.alice
                        .agent()
                        .subscribe(
                                pair.net.now(),
                                Subscribing.of(Pair.BOB, event, Duration.ofSeconds(100))));
    }

    /// Bob accepts, and tells at once that it is active.
    private static Pair accepting() {
        var pair = new Pair();
        return pair.bob((host, event) -> {
            if (!(event instanceof Event.Asked(var job, _, _))) return;
            pair.reply(job, Reply.of(200));
            pair.notify(job, Notice.of("active;expires=100").body("text/plain", "here"));
        });
    }

    @Test
    void isRefreshedBeforeItExpiresAndEndedOnDemand() {
        var pair = accepting();
        var job = subscribe(pair, "presence");
        pair.at(
                100,
                () ->
                        pair.alice.carryOut(
                                pair.alice
                                        .agent()
                                        .resubscribe(pair.net.now(), job, Duration.ZERO)));
        assertThat(pair.net.run(Duration.ofHours(1))).isTrue();
        assertThat(Pair.values(pair.sent("SUBSCRIBE"), EXPIRES)).containsExactly("100", "100", "0");
        assertThat(pair.alice.events(Event.SubscriptionEnded.class))
                .containsExactly(new Event.SubscriptionEnded(job, "timeout"));
        assertThat(pair.alice.events(Event.Notified.class)).hasSize(3);
        assertThat(pair.alice.agent().open() + pair.bob.agent().open()).isZero();
    }

    @Test
    void failsWhereThePackageIsNotKnown() {
        var pair = accepting();
        subscribe(pair, "dialog");
        pair.run(60);
        assertThat(((Failure.Rejected) pair.failure()).response().code()).isEqualTo(489);
    }

    @Test
    void isOverWhereNoNotifyComes() {
        var pair = new Pair();
        pair.answers(Reply.of(200));
        var job = subscribe(pair, "presence");
        pair.run(60);
        assertThat(pair.alice.events(Event.SubscriptionEnded.class))
                .containsExactly(new Event.SubscriptionEnded(job, "no NOTIFY within 32 s"));
    }

    @Test
    void isDroppedByTheNotifierWhereItsNotifyIsRefused() {
        var jobs = new ArrayList<Job>();
        var pair = new Pair();
        pair.bob((host, event) -> {
            if (!(event instanceof Event.Asked(var job, _, _))) return;
            jobs.add(job);
            pair.reply(job, Reply.of(200));
            pair.notify(job, Notice.of("active").with("Event", "other"));
        });
        subscribe(pair, "presence");
        pair.run(10);
        assertThat(pair.bob.events(Event.NotifyAnswered.class))
                .containsExactly(new Event.NotifyAnswered(jobs.getFirst(), 489));
        assertThat(pair.bob.events(Event.SubscriptionEnded.class)).hasSize(1);
    }
}
