// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import referee.sip.SipMessage;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.UserAgent;

/// How a fault is committed. Made anew for each [Practice], so it may remember things.
interface Mischief {
    /// Before anybody is asked who they are.
    ///
    /// @return whether that was the answer
    default boolean atTheGate(Turn turn, Practice practice) {
        return false;
    }

    /// Once the request is admitted.
    ///
    /// @return whether that was the answer
    default boolean inside(Turn turn, Practice practice) {
        return false;
    }

    /// Whether it changes this message on its way out.
    default boolean changes(SipMessage message) {
        return false;
    }

    /// What goes out instead of a message that it changes.
    default List<Output.Send> leaving(Leaving what) {
        return List.of();
    }

    /// Whether a message is not heard.
    default boolean overhears(Received received) {
        return false;
    }

    /// Told what happens, after what is right has been done about it.
    default void heard(UserAgent agent, Instant at, Event event, List<Output> out) {}

    /// Answers requests of this method before anybody is asked who they are.
    static Mischief gate(String method, Consumer<Turn> answer) {
        return maybeAtTheGate(
                method,
                (turn, _) -> {
                    answer.accept(turn);
                    return true;
                });
    }

    /// @param answer says whether it has answered
    static Mischief maybeAtTheGate(String method, BiPredicate<Turn, Practice> answer) {
        return new Mischief() {
            @Override
            public boolean atTheGate(Turn turn, Practice practice) {
                return turn.method().equals(method) && answer.test(turn, practice);
            }
        };
    }

    /// Answers admitted requests of this method.
    static Mischief inside(String method, Consumer<Turn> answer) {
        return inside(method, (turn, _) -> answer.accept(turn));
    }

    static Mischief inside(String method, BiConsumer<Turn, Practice> answer) {
        return maybeInside(
                method,
                (turn, practice) -> {
                    answer.accept(turn, practice);
                    return true;
                });
    }

    /// @param answer says whether it has answered
    static Mischief maybeInside(String method, BiPredicate<Turn, Practice> answer) {
        return new Mischief() {
            @Override
            public boolean inside(Turn turn, Practice practice) {
                return turn.method().equals(method) && answer.test(turn, practice);
            }
        };
    }

    /// Answers with another code where all was well.
    static Mischief refusing(String method, int code, String reason) {
        return rewriting(
                sent -> Written.isResponse(sent, method, 200),
                ok -> Written.status(ok, code, reason));
    }

    /// Rewrites what goes out.
    static Mischief rewriting(Predicate<SipMessage> which, UnaryOperator<Draft> how) {
        return sending(which, what -> what.as(how.apply(what.draft())));
    }

    /// Sends something else.
    static Mischief sending(
            Predicate<SipMessage> which, Function<Leaving, List<Output.Send>> instead) {
        return new Mischief() {
            @Override
            public boolean changes(SipMessage message) {
                return which.test(message);
            }

            @Override
            public List<Output.Send> leaving(Leaving what) {
                return instead.apply(what);
            }
        };
    }

    /// Keeps back what goes out.
    static Mischief keepingBack(Predicate<SipMessage> which) {
        return sending(which, _ -> List.of());
    }

    /// Does not hear what comes in.
    static Mischief deafTo(Predicate<SipMessage> which) {
        return new Mischief() {
            @Override
            public boolean overhears(Received received) {
                return which.test(received.message());
            }
        };
    }

    /// This, and that too.
    default Mischief and(Mischief other) {
        return new Both(this, other);
    }

    record Both(Mischief one, Mischief other) implements Mischief {
        @Override
        public boolean atTheGate(Turn turn, Practice practice) {
            return one.atTheGate(turn, practice) || other.atTheGate(turn, practice);
        }

        @Override
        public boolean inside(Turn turn, Practice practice) {
            return one.inside(turn, practice) || other.inside(turn, practice);
        }

        @Override
        public boolean changes(SipMessage message) {
            return one.changes(message) || other.changes(message);
        }

        @Override
        public List<Output.Send> leaving(Leaving what) {
            return one.changes(what.message()) ? one.leaving(what) : other.leaving(what);
        }

        @Override
        public boolean overhears(Received received) {
            return one.overhears(received) || other.overhears(received);
        }

        @Override
        public void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
            one.heard(agent, at, event, out);
            other.heard(agent, at, event, out);
        }
    }
}
