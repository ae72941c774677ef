// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static referee.stack.Act.PASS_UP;
import static referee.stack.Act.SEND;
import static referee.stack.Act.TIMED_OUT;
import static referee.stack.Act.UNREACHABLE;
import static referee.stack.Step.to;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// Client transaction of every request but INVITE and ACK (RFC 3261 §17.1.2, figure 6).
///
/// @param reliable whether the transport repeats what was lost: then nothing is resent, and a
///   completed transaction ends at once
record NonInviteClient(Timers timers, boolean reliable)
        implements Table<NonInviteClient.State, ClientInput> {
    sealed interface State {}

    /// @param resendAt timer E; far away on a reliable transport
    /// @param giveUpAt timer F
    record Trying(Instant resendAt, Duration gap, Instant giveUpAt) implements State {}

    /// @param resendAt timer E, T2 apart
    /// @param giveUpAt timer F
    record Proceeding(Instant resendAt, Instant giveUpAt) implements State {}

    /// @param until timer K
    record Completed(Instant until) implements State {}

    record Terminated() implements State {}

    private record On(State state, ClientInput input) {}

    @Override
    public Step<State> start(Instant at) {
        var giveUpAt = at.plus(timers.times64());
        var resendAt = reliable ? giveUpAt : at.plus(timers.t1());
        return to(new Trying(resendAt, timers.t1(), giveUpAt), SEND);
    }

    // spotless:off
    @Override
    public Step<State> step(State state, ClientInput input) {
        return switch (new On(state, input)) {
            case On(Trying s, ClientInput.Response r) when r.isProvisional()              -> to(new Proceeding(s.resendAt(), s.giveUpAt()), PASS_UP);
            case On(Trying _, ClientInput.Response r)                                     -> to(completed(r), PASS_UP);
            case On(Trying s, ClientInput.Tick t) when t.reaches(s.giveUpAt())            -> to(new Terminated(), TIMED_OUT);
            case On(Trying s, ClientInput.Tick t) when t.reaches(s.resendAt())            -> resend(s);
            case On(Trying s, ClientInput.Tick _)                                         -> to(s);
            case On(Trying _, ClientInput.SendFailed _)                                   -> to(new Terminated(), UNREACHABLE);

            case On(Proceeding s, ClientInput.Response r) when r.isProvisional()          -> to(s, PASS_UP);
            case On(Proceeding _, ClientInput.Response r)                                 -> to(completed(r), PASS_UP);
            case On(Proceeding s, ClientInput.Tick t) when t.reaches(s.giveUpAt())        -> to(new Terminated(), TIMED_OUT);
            case On(Proceeding s, ClientInput.Tick t) when t.reaches(s.resendAt())        -> to(new Proceeding(s.resendAt().plus(timers.t2()), s.giveUpAt()), SEND);
            case On(Proceeding s, ClientInput.Tick _)                                     -> to(s);
            case On(Proceeding _, ClientInput.SendFailed _)                               -> to(new Terminated(), UNREACHABLE);

            case On(Completed s, ClientInput.Response _)                                  -> to(s);
            case On(Completed s, ClientInput.Tick t) when t.reaches(s.until())            -> to(new Terminated());
            case On(Completed s, ClientInput.Tick _)                                      -> to(s);
            case On(Completed s, ClientInput.SendFailed _)                                -> to(s);

            case On(Terminated s, ClientInput.Response _)                                 -> to(s);
            case On(Terminated s, ClientInput.Tick _)                                     -> to(s);
            case On(Terminated s, ClientInput.SendFailed _)                               -> to(s);
        };
    }
    // spotless:on

    @Override
    public boolean isOver(State state) {
        return state instanceof Terminated;
    }

    @Override
    public Optional<Instant> wakeAt(State state) {
        return switch (state) {
            case Trying s -> Optional.of(earlier(s.resendAt(), s.giveUpAt()));
            case Proceeding s -> Optional.of(earlier(s.resendAt(), s.giveUpAt()));
            case Completed s -> Optional.of(s.until());
            case Terminated _ -> Optional.empty();
        };
    }

    private Step<State> resend(Trying s) {
        var gap = timers.doubled(s.gap());
        return to(new Trying(s.resendAt().plus(gap), gap, s.giveUpAt()), SEND);
    }

    private Completed completed(ClientInput.Response r) {
        return new Completed(reliable ? r.at() : r.at().plus(timers.t4()));
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
