// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.stack.Destination;
import referee.stack.Draft;
import referee.stack.Endpoint;
import referee.stack.Event;
import referee.stack.Output;
import referee.stack.Reply;
import referee.stack.SimNet.Packet;
import referee.stack.Target;

/// What is wrong with those who take part in a [Bout] besides practice.
final class Weakness {
    private record Habit(
            Predicate<SipMessage> which, Function<Output.Send, List<Output.Send>> instead) {}

    private final String words;
    private final List<Habit> habits = new ArrayList<>();
    private Optional<Predicate<SipMessage>> trigger = Optional.empty();
    private boolean asleep;
    private Predicate<SipMessage> unheard = _ -> false;
    private Predicate<Packet> lost = _ -> false;
    private Function<SipMessage, Optional<Reply>> target = _ -> Optional.empty();
    private Function<SipMessage, Optional<Reply>> called = _ -> Optional.empty();
    private BiPredicate<Client, Event> moved = (_, _) -> false;
    private String password = "wonderland";
    private String account = "";
    private boolean proxied;
    private boolean served = true;

    private Weakness(String words) {
        this.words = words;
    }

    /// @param words who is weak and how, as a clause
    static Weakness of(String words) {
        return new Weakness(words);
    }

    static Weakness none() {
        return of("");
    }

    /// What the phone does differently, it does once it has heard this.
    Weakness after(Predicate<SipMessage> heard) {
        trigger = Optional.of(heard);
        asleep = true;
        return this;
    }

    /// The phone writes this differently.
    Weakness writes(Predicate<SipMessage> which, UnaryOperator<Draft> how) {
        habits.add(
                new Habit(
                        which,
                        send -> {
                            var draft = how.apply(Draft.of(Bout.read(send)));
                            return List.of(
                                    new Output.Send(send.id(), send.to(), Slice.of(draft.bytes())));
                        }));
        return this;
    }

    /// The phone answers this differently.
    Weakness answers(Predicate<SipMessage> which, int code, String reason) {
        return writes(
                which,
                draft -> Draft.response(code, reason).with(draft.without("Content-Type").lines()));
    }

    /// The phone does not send this.
    Weakness keepsBack(Predicate<SipMessage> which) {
        habits.add(new Habit(which, _ -> List.of()));
        return this;
    }

    /// The phone writes this differently, and sends it to another host.
    Weakness misdirects(Predicate<SipMessage> which, UnaryOperator<Draft> how, String host) {
        habits.add(
                new Habit(
                        which,
                        send -> {
                            var there =
                                    new Target(
                                            send.to().transport(), new Endpoint(host, 5060), host);
                            var draft = how.apply(Draft.of(Bout.read(send)));
                            return List.of(
                                    new Output.Send(
                                            send.id(),
                                            new Destination.To(there),
                                            Slice.of(draft.bytes())));
                        }));
        return this;
    }

    /// The phone does not hear this.
    Weakness overhears(Predicate<SipMessage> which) {
        unheard = which;
        return this;
    }

    /// The network loses this.
    Weakness loses(Predicate<Packet> which) {
        lost = which;
        return this;
    }

    /// The target answers so, where it does not pick up.
    Weakness target(Function<SipMessage, Optional<Reply>> answer) {
        target = answer;
        return this;
    }

    /// The phone answers so when it is called, where it does not pick up.
    Weakness called(Function<SipMessage, Optional<Reply>> answer) {
        called = answer;
        return this;
    }

    /// What the phone does about what happens.
    ///
    /// @param what says whether it does nothing else about it
    Weakness moves(BiPredicate<Client, Event> what) {
        moved = what;
        return this;
    }

    /// The phone has this password.
    Weakness password(String other) {
        password = other;
        return this;
    }

    /// Whoever judges knows an account.
    ///
    /// @param line as in a credentials file
    Weakness known(String line) {
        account = line;
        return this;
    }

    /// A proxy stands between.
    Weakness proxied() {
        proxied = true;
        return this;
    }

    /// The other phone takes no REFER.
    Weakness withoutRefer() {
        served = false;
        return this;
    }

    String words() {
        return words;
    }

    List<Output.Send> leaving(Output.Send send) {
        var message = Bout.read(send);
        for (var habit : habits) {
            if (!asleep && habit.which().test(message)) return habit.instead().apply(send);
        }
        return List.of(send);
    }

    boolean isHeard(SipMessage message) {
        if (trigger.filter(one -> one.test(message)).isPresent()) asleep = false;
        return !unheard.test(message);
    }

    boolean isLost(Packet packet) {
        return lost.test(packet);
    }

    Optional<Reply> target(SipMessage invite) {
        return target.apply(invite);
    }

    Optional<Reply> called(SipMessage invite) {
        return called.apply(invite);
    }

    boolean move(Client client, Event event) {
        return moved.test(client, event);
    }

    String password() {
        return password;
    }

    /// What whoever judges knows; empty for nothing.
    String account() {
        return account;
    }

    boolean isProxied() {
        return proxied;
    }

    boolean takesRefer() {
        return served;
    }
}
