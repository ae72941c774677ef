// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import referee.sip.SipMessage;
import referee.stack.Draft;
import referee.stack.Event;
import referee.stack.Output;
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

    /// What goes out instead of a message of ours.
    default List<Draft> leaving(SipMessage message) {
        return List.of();
    }

    /// Whether it changes this message on its way out.
    default boolean changes(SipMessage message) {
        return false;
    }

    /// Whether a message is not heard.
    default boolean overhears(SipMessage message) {
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
        return new Mischief() {
            @Override
            public boolean inside(Turn turn, Practice practice) {
                if (!turn.method().equals(method)) return false;
                answer.accept(turn, practice);
                return true;
            }
        };
    }

    /// Rewrites what goes out.
    static Mischief rewriting(Predicate<SipMessage> which, UnaryOperator<Draft> how) {
        return new Mischief() {
            @Override
            public boolean changes(SipMessage message) {
                return which.test(message);
            }

            @Override
            public List<Draft> leaving(SipMessage message) {
                return List.of(how.apply(Written.of(message)));
            }
        };
    }

    /// Does not hear what comes in.
    static Mischief deafTo(Predicate<SipMessage> which) {
        return new Mischief() {
            @Override
            public boolean overhears(SipMessage message) {
                return which.test(message);
            }
        };
    }

    /// Keeps back what goes out.
    static Mischief keepingBack(Predicate<SipMessage> which) {
        return new Mischief() {
            @Override
            public boolean changes(SipMessage message) {
                return which.test(message);
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
        public List<Draft> leaving(SipMessage message) {
            return one.changes(message) ? one.leaving(message) : other.leaving(message);
        }

        @Override
        public boolean overhears(SipMessage message) {
            return one.overhears(message) || other.overhears(message);
        }

        @Override
        public void heard(UserAgent agent, Instant at, Event event, List<Output> out) {
            one.heard(agent, at, event, out);
            other.heard(agent, at, event, out);
        }
    }
}
