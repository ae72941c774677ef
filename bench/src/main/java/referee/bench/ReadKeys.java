// SPDX-License-Identifier: Apache-2.0
package referee.bench;

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
import referee.sip.CSeq;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.Via;

/// How long does it take to read what a parsed message is matched by: the branch of its top Via,
/// its CSeq and its Call-ID?
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(2)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
public class ReadKeys {
    private final SipMessage message = message();

    @Benchmark
    public void read(Blackhole hole) {
        hole.consume(Via.branchOf(message.raw(HeaderName.VIA).orElse(Slice.EMPTY)));
        hole.consume(message.first(CSeq.KIND));
        hole.consume(message.raw(HeaderName.CALL_ID));
    }

    private static SipMessage message() {
        return switch (SipParser.parse(Slice.of(Samples.invite()))) {
            case SipMessage message -> message;
            case referee.sip.NotSip(var reason) -> throw new IllegalStateException(reason);
        };
    }
}
