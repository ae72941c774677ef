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
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Limits;
import referee.diagnosis.Timers;
import referee.evidence.Evidence;
import referee.rules.Rules;

/// How long does it take to read and judge a pcap of 10 000 messages that lies in memory, on one
/// thread?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class JudgeCapture {
    private final byte[] capture = Samples.capture(10_000);

    @Benchmark
    public void judge(Blackhole hole) throws IOException {
        var diagnosis = new Diagnosis(Rules.ALL, Timers.DEFAULT, Limits.DEFAULT, 1, hole::consume);
        var account = Evidence.read(new ByteArrayInputStream(capture), "made", diagnosis);
        diagnosis.finish(account.to().orElseThrow());
    }
}
