// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static referee.stack.Act.PASS_UP;
import static referee.stack.Act.SEND;
import static referee.stack.Act.TRYING;
import static referee.stack.Act.UNREACHABLE;
import static referee.stack.Step.to;

import java.time.Instant;
import java.util.Optional;

/// Server transaction of every request but INVITE and ACK (RFC 3261 §17.2.2, figure 8, as RFC 4320
/// §4 changes it: no provisional response but a late 100, no 408, nothing once the client has given
/// up).
///
/// @param reliable whether the transport repeats what was lost: then it ends with the final
///   response
record NonInviteServer(Timers timers, boolean reliable)
        implements Table<NonInviteServer.State, ServerInput> {
    private static final int REQUEST_TIMEOUT = 408;

    sealed interface State {}

    /// @param tryingAt when 100 is due, since the client's timer E has reached T2
    /// @param lateAt when the client has given up: its timer F
    record Trying(Instant tryingAt, Instant lateAt) implements State {}

    /// @param lateAt when the client has given up: its timer F
    record Proceeding(Instant lateAt) implements State {}

    /// @param until timer J
    record Completed(Instant until) implements State {}

    record Terminated() implements State {}

    private record On(State state, ServerInput input) {}

    @Override
    public Step<State> start(Instant at) {
        return to(new Trying(at.plus(timers.untilT2()), at.plus(timers.times64())), PASS_UP);
    }

    // spotless:off
    @Override
    public Step<State> step(State state, ServerInput input) {
        return switch (new On(state, input)) {
            case On(Trying s, ServerInput.Request _)                                      -> to(s);
            case On(Trying s, ServerInput.Reply r) when r.isProvisional()                 -> to(s);
            case On(Trying _, ServerInput.Reply r) when r.code() == REQUEST_TIMEOUT       -> to(new Terminated());
            case On(Trying s, ServerInput.Reply r) when !r.at().isBefore(s.lateAt())      -> to(new Terminated());
            case On(Trying _, ServerInput.Reply r)                                        -> to(completed(r.at()), SEND);
            case On(Trying s, ServerInput.Tick t) when t.reaches(s.lateAt())              -> to(new Terminated());
            case On(Trying s, ServerInput.Tick t) when t.reaches(s.tryingAt())            -> to(new Proceeding(s.lateAt()), TRYING);
            case On(Trying s, ServerInput.Tick _)                                         -> to(s);
            case On(Trying s, ServerInput.Ack _)                                          -> to(s);
            case On(Trying s, ServerInput.SendFailed _)                                   -> to(s);

            case On(Proceeding s, ServerInput.Request _)                                  -> to(s, TRYING);
            case On(Proceeding s, ServerInput.Reply r) when r.isProvisional()             -> to(s);
            case On(Proceeding _, ServerInput.Reply r) when r.code() == REQUEST_TIMEOUT   -> to(new Terminated());
            case On(Proceeding s, ServerInput.Reply r) when !r.at().isBefore(s.lateAt())  -> to(new Terminated());
            case On(Proceeding _, ServerInput.Reply r)                                    -> to(completed(r.at()), SEND);
            case On(Proceeding s, ServerInput.Tick t) when t.reaches(s.lateAt())          -> to(new Terminated());
            case On(Proceeding s, ServerInput.Tick _)                                     -> to(s);
            case On(Proceeding s, ServerInput.Ack _)                                      -> to(s);
            case On(Proceeding _, ServerInput.SendFailed _)                               -> to(new Terminated(), UNREACHABLE);

            case On(Completed s, ServerInput.Request _)                                   -> to(s, SEND);
            case On(Completed s, ServerInput.Reply _)                                     -> to(s);
            case On(Completed s, ServerInput.Ack _)                                       -> to(s);
            case On(Completed s, ServerInput.Tick t) when t.reaches(s.until())            -> to(new Terminated());
            case On(Completed s, ServerInput.Tick _)                                      -> to(s);
            case On(Completed _, ServerInput.SendFailed _)                                -> to(new Terminated(), UNREACHABLE);

            case On(Terminated s, ServerInput.Request _)                                  -> to(s);
            case On(Terminated s, ServerInput.Reply _)                                    -> to(s);
            case On(Terminated s, ServerInput.Ack _)                                      -> to(s);
            case On(Terminated s, ServerInput.Tick _)                                     -> to(s);
            case On(Terminated s, ServerInput.SendFailed _)                               -> to(s);
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
            case Trying s ->
                    Optional.of(s.tryingAt().isBefore(s.lateAt()) ? s.tryingAt() : s.lateAt());
            case Proceeding s -> Optional.of(s.lateAt());
            case Completed s -> Optional.of(s.until());
            case Terminated _ -> Optional.empty();
        };
    }

    private Completed completed(Instant at) {
        return new Completed(reliable ? at : at.plus(timers.times64()));
    }
}
