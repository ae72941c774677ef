// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static referee.stack.Act.PASS_UP;
import static referee.stack.Act.SEND;
import static referee.stack.Act.TIMED_OUT;
import static referee.stack.Act.TRYING;
import static referee.stack.Act.UNREACHABLE;
import static referee.stack.Step.to;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// INVITE server transaction (RFC 3261 §17.2.1, figure 7, with the state Accepted of RFC 6026
/// §7.1).
///
/// The 2xx itself is repeated by its user (RFC 3261 §13.3.1.4).
///
/// @param reliable whether the transport repeats what was lost: then a final response is not resent
record InviteServer(Timers timers, boolean reliable)
        implements Table<InviteServer.State, ServerInput> {
    /// A user that is slower than this is spoken for with 100 (RFC 3261 §17.2.1).
    private static final Duration PATIENCE = Duration.ofMillis(200);

    sealed interface State {}

    /// @param tryingAt when 100 is due; empty once something was sent
    record Proceeding(Optional<Instant> tryingAt) implements State {
        boolean isDue(ServerInput.Tick tick) {
            return tryingAt.filter(tick::reaches).isPresent();
        }
    }

    /// @param until timer L
    record Accepted(Instant until) implements State {}

    /// @param resendAt timer G; far away on a reliable transport
    /// @param giveUpAt timer H
    record Completed(Instant resendAt, Duration gap, Instant giveUpAt) implements State {}

    /// @param until timer I
    record Confirmed(Instant until) implements State {}

    record Terminated() implements State {}

    private record On(State state, ServerInput input) {}

    @Override
    public Step<State> start(Instant at) {
        return to(new Proceeding(Optional.of(at.plus(PATIENCE))), PASS_UP);
    }

    // spotless:off
    @Override
    public Step<State> step(State state, ServerInput input) {
        return switch (new On(state, input)) {
            case On(Proceeding s, ServerInput.Request _) when s.tryingAt().isPresent()    -> to(s);
            case On(Proceeding s, ServerInput.Request _)                                  -> to(s, SEND);
            case On(Proceeding _, ServerInput.Reply r) when r.isProvisional()             -> to(new Proceeding(Optional.empty()), SEND);
            case On(Proceeding _, ServerInput.Reply r) when r.isSuccess()                 -> to(new Accepted(r.at().plus(timers.times64())), SEND);
            case On(Proceeding _, ServerInput.Reply r)                                    -> to(completed(r.at()), SEND);
            case On(Proceeding s, ServerInput.Tick t) when s.isDue(t)                     -> to(new Proceeding(Optional.empty()), TRYING);
            case On(Proceeding s, ServerInput.Tick _)                                     -> to(s);
            case On(Proceeding s, ServerInput.Ack _)                                      -> to(s);
            case On(Proceeding s, ServerInput.SendFailed _)                               -> to(s, UNREACHABLE);

            case On(Accepted s, ServerInput.Request _)                                    -> to(s);
            case On(Accepted s, ServerInput.Reply r) when r.isSuccess()                   -> to(s, SEND);
            case On(Accepted s, ServerInput.Reply _)                                      -> to(s);
            case On(Accepted s, ServerInput.Ack _)                                        -> to(s, PASS_UP);
            case On(Accepted s, ServerInput.Tick t) when t.reaches(s.until())             -> to(new Terminated());
            case On(Accepted s, ServerInput.Tick _)                                       -> to(s);
            case On(Accepted s, ServerInput.SendFailed _)                                 -> to(s, UNREACHABLE);

            case On(Completed s, ServerInput.Request _)                                   -> to(s, SEND);
            case On(Completed s, ServerInput.Reply _)                                     -> to(s);
            case On(Completed _, ServerInput.Ack a)                                       -> to(confirmed(a.at()));
            case On(Completed s, ServerInput.Tick t) when t.reaches(s.giveUpAt())         -> to(new Terminated(), TIMED_OUT);
            case On(Completed s, ServerInput.Tick t) when t.reaches(s.resendAt())         -> resend(s);
            case On(Completed s, ServerInput.Tick _)                                      -> to(s);
            case On(Completed _, ServerInput.SendFailed _)                                -> to(new Terminated(), UNREACHABLE);

            case On(Confirmed s, ServerInput.Request _)                                   -> to(s);
            case On(Confirmed s, ServerInput.Reply _)                                     -> to(s);
            case On(Confirmed s, ServerInput.Ack _)                                       -> to(s);
            case On(Confirmed s, ServerInput.Tick t) when t.reaches(s.until())            -> to(new Terminated());
            case On(Confirmed s, ServerInput.Tick _)                                      -> to(s);
            case On(Confirmed s, ServerInput.SendFailed _)                                -> to(s);

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
            case Proceeding s -> s.tryingAt();
            case Accepted s -> Optional.of(s.until());
            case Completed s ->
                    Optional.of(s.resendAt().isBefore(s.giveUpAt()) ? s.resendAt() : s.giveUpAt());
            case Confirmed s -> Optional.of(s.until());
            case Terminated _ -> Optional.empty();
        };
    }

    private Completed completed(Instant at) {
        var giveUpAt = at.plus(timers.times64());
        return new Completed(reliable ? giveUpAt : at.plus(timers.t1()), timers.t1(), giveUpAt);
    }

    private Step<State> resend(Completed s) {
        var gap = timers.doubled(s.gap());
        return to(new Completed(s.resendAt().plus(gap), gap, s.giveUpAt()), SEND);
    }

    private Confirmed confirmed(Instant at) {
        return new Confirmed(reliable ? at : at.plus(timers.t4()));
    }
}
