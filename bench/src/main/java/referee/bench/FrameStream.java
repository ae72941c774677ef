// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import referee.sip.SipMessage;
import referee.sip.StreamFramer;

/// How long does it take to cut one INVITE out of a TCP stream and parse it? The stream comes in
/// segments, most of which end inside a message.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameStream {
    private static final int MESSAGES = 1_000;
    private static final int SEGMENT = 1_448;

    private final byte[] stream = Samples.stream(MESSAGES);

    @Benchmark
    @OperationsPerInvocation(MESSAGES)
    public void frame(Blackhole hole) {
        var framer = new StreamFramer(new Consumed(hole));
        for (var at = 0; at < stream.length; at += SEGMENT) {
            framer.feed(stream, at, Math.min(at + SEGMENT, stream.length));
        }
        framer.end();
    }

    private record Consumed(Blackhole hole) implements StreamFramer.Receiver {
        @Override
        public void message(SipMessage message) {
            hole.consume(message);
        }

        @Override
        public void skipped(long octets, String why) {
            throw new IllegalStateException(octets + " octets skipped: " + why);
        }
    }
}
