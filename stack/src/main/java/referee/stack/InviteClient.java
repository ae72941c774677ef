// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static referee.stack.Act.ACK;
import static referee.stack.Act.PASS_UP;
import static referee.stack.Act.SEND;
import static referee.stack.Act.TIMED_OUT;
import static referee.stack.Act.UNREACHABLE;
import static referee.stack.Step.to;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// INVITE client transaction (RFC 3261 §17.1.1, figure 5, with the state Accepted of RFC 6026
/// §7.2).
///
/// @param reliable whether the transport repeats what was lost: then nothing is resent, and a
///   completed transaction ends at once
record InviteClient(Timers timers, boolean reliable)
        implements Table<InviteClient.State, ClientInput> {
    sealed interface State {}

    /// @param resendAt timer A; far away on a reliable transport
    /// @param giveUpAt timer B
    record Calling(Instant resendAt, Duration gap, Instant giveUpAt) implements State {}

    record Proceeding() implements State {}

    /// @param until timer M
    record Accepted(Instant until) implements State {}

    /// @param until timer D
    record Completed(Instant until) implements State {}

    record Terminated() implements State {}

    private record On(State state, ClientInput input) {}

    @Override
    public Step<State> start(Instant at) {
        var giveUpAt = at.plus(timers.times64());
        var resendAt = reliable ? giveUpAt : at.plus(timers.t1());
        return to(new Calling(resendAt, timers.t1(), giveUpAt), SEND);
    }

    // spotless:off
    @Override
    public Step<State> step(State state, ClientInput input) {
        return switch (new On(state, input)) {
            case On(Calling _, ClientInput.Response r) when r.isProvisional()             -> to(new Proceeding(), PASS_UP);
            case On(Calling _, ClientInput.Response r)                                    -> end(r);
            case On(Calling s, ClientInput.Tick t) when t.reaches(s.giveUpAt())           -> to(new Terminated(), TIMED_OUT);
            case On(Calling s, ClientInput.Tick t) when t.reaches(s.resendAt())           -> resend(s);
            case On(Calling s, ClientInput.Tick _)                                        -> to(s);
            case On(Calling _, ClientInput.SendFailed _)                                  -> to(new Terminated(), UNREACHABLE);

            case On(Proceeding s, ClientInput.Response r) when r.isProvisional()          -> to(s, PASS_UP);
            case On(Proceeding _, ClientInput.Response r)                                 -> end(r);
            case On(Proceeding s, ClientInput.Tick _)                                     -> to(s);
            case On(Proceeding _, ClientInput.SendFailed _)                               -> to(new Terminated(), UNREACHABLE);

            case On(Accepted s, ClientInput.Response r) when r.isSuccess()                -> to(s, PASS_UP);
            case On(Accepted s, ClientInput.Response _)                                   -> to(s);
            case On(Accepted s, ClientInput.Tick t) when t.reaches(s.until())             -> to(new Terminated());
            case On(Accepted s, ClientInput.Tick _)                                       -> to(s);
            case On(Accepted s, ClientInput.SendFailed _)                                 -> to(s);

            case On(Completed s, ClientInput.Response r) when r.code() >= 300             -> to(s, ACK);
            case On(Completed s, ClientInput.Response _)                                  -> to(s);
            case On(Completed s, ClientInput.Tick t) when t.reaches(s.until())            -> to(new Terminated());
            case On(Completed s, ClientInput.Tick _)                                      -> to(s);
            case On(Completed _, ClientInput.SendFailed _)                                -> to(new Terminated(), UNREACHABLE);

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
            case Calling s ->
                    Optional.of(s.resendAt().isBefore(s.giveUpAt()) ? s.resendAt() : s.giveUpAt());
            case Accepted s -> Optional.of(s.until());
            case Completed s -> Optional.of(s.until());
            case Proceeding _, Terminated _ -> Optional.empty();
        };
    }

    private Step<State> resend(Calling s) {
        var gap = s.gap().multipliedBy(2);
        return to(new Calling(s.resendAt().plus(gap), gap, s.giveUpAt()), SEND);
    }

    private Step<State> end(ClientInput.Response r) {
        if (r.isSuccess()) return to(new Accepted(r.at().plus(timers.times64())), PASS_UP);
        var until = reliable ? r.at() : r.at().plus(timers.d());
        return to(new Completed(until), ACK, PASS_UP);
    }
}
