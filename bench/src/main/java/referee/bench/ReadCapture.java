// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;
import referee.evidence.Account;
import referee.evidence.Evidence;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;

/// How long does it take to read a pcap of 10 000 messages that lies in memory?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadCapture {
    private final byte[] capture = Samples.capture(10_000);

    @Benchmark
    public Account read(Blackhole hole) throws IOException {
        return Evidence.read(new ByteArrayInputStream(capture), "made", new Consumed(hole));
    }

    private record Consumed(Blackhole hole) implements Witness {
        @Override
        public void saw(Sighting sighting) {
            hole.consume(sighting);
        }

        @Override
        public void missed(Gap gap) {
            throw new IllegalStateException(gap.says());
        }

        @Override
        public void unreachable(Unreachable error) {
            throw new IllegalStateException(error.toString());
        }
    }
}
