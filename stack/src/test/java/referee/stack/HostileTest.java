// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Transport;

/// Whatever arrives, nothing is thrown and everything ends.
class HostileTest {
    private static final int RUNS = Integer.getInteger("referee.runs", 150);

    /// A call with a transfer, in which Bob changes what Alice gets and she what he gets.
    private static Pair disturbed(RandomGenerator random) {
        var pair = new Pair();
        pair.net.host("carol", "192.0.2.3", setup -> setup.serves("INVITE"), (host, event) -> {});
        pair.bob((host, event) -> {
            var job = Pair.asked(event);
            if (job != null) pair.reply(job, Reply.of(183).reliably());
            if (job != null) pair.reply(job, Reply.of(200));
            if (event instanceof Event.Referred(var referral, _, _, _))
                host.start(host.agent().follow(host.now(), referral));
        });
        pair.net.filter(packet -> {
            if (random.nextInt(3) > 0) return true;
            var to = packet.from().equals("alice") ? pair.bob : pair.alice;
            feed(pair, to, broken(packet.message(), random));
            return random.nextBoolean();
        });
        return pair;
    }

    private static void feed(Pair pair, SimNet.Host to, byte[] bytes) {
        if (!(SipParser.parse(bytes, 0, bytes.length) instanceof SipMessage message)) return;
        var flow = new Flow(Transport.UDP, to.endpoint(), new Endpoint("192.0.2.66", 5060), 0);
        pair.net.at(
                Duration.between(SimNet.START, pair.net.now()),
                () -> to.carryOut(to.agent().receive(new Received(pair.net.now(), flow, message))));
    }

    private static byte[] broken(SipMessage message, RandomGenerator random) {
        var bytes = new ArrayList<Byte>();
        for (var b : message.bytes().copy()) bytes.add(b);
        for (var i = random.nextInt(6); i >= 0; i--) {
            var at = random.nextInt(bytes.size());
            switch (random.nextInt(4)) {
                case 0 -> bytes.remove(at);
                case 1 -> bytes.add(at, (byte) random.nextInt(256));
                case 2 -> bytes.set(at, (byte) " <>;:@,=\"\r\n0z".charAt(random.nextInt(13)));
                default -> bytes.set(at, (byte) random.nextInt(256));
            }
        }
        var array = new byte[bytes.size()];
        for (var i = 0; i < array.length; i++) array[i] = bytes.get(i);
        return array;
    }

    @Test
    void survivesWhateverIsChangedOnTheWay() {
        for (var seed = 1L; seed <= RUNS; seed++) {
            var run = "run " + seed;
            var pair = disturbed(new SplittableRandom(seed));
            var call = pair.call();
            pair.at(5, () -> pair.transfer(call, Transferring.to("sip:carol@192.0.2.3")));
            pair.at(60, () -> pair.alice.carryOut(pair.alice.agent().hangUp(pair.net.now(), call)));
            for (var host : List.of(pair.alice, pair.bob)) {
                pair.at(
                        400,
                        () -> {
                            for (var event : host.events())
                                host.carryOut(host.agent().hangUp(pair.net.now(), event.job()));
                        });
            }
            assertThatCode(() -> pair.net.run(Duration.ofHours(30)))
                    .as(() -> run + " " + pair.net.story())
                    .doesNotThrowAnyException();
            assertThat(pair.alice.agent().wakeAt()).as(() -> pair.net.story()).isEmpty();
        }
    }

    @Test
    void repeatsARunFromItsSeed() {
        assertThat(story(7)).isEqualTo(story(7));
    }

    private static String story(long seed) {
        var pair = disturbed(new SplittableRandom(seed));
        pair.call();
        pair.run(300);
        return pair.net.story();
    }

    @Test
    void writesNoUriThatWouldBreakAMessage() {
        for (var contact : List.of("<foo:a b>", "<foo:a\r\n b>", "<>", "nonsense <", "*")) {
            var pair = new Pair().answers(Reply.of(200).with("Contact", contact));
            var call = pair.call();
            pair.at(1, () -> pair.alice.carryOut(pair.alice.agent().hangUp(pair.net.now(), call)));
            pair.run(60);
            assertThat(pair.sent("BYE")).as(contact).isNotEmpty();
        }
    }
}
