// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import referee.agent.Application;
import referee.sip.DigestAccount;
import referee.sip.DigestAlgorithm;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.stack.Accounts;
import referee.stack.Event;
import referee.stack.Job;
import referee.stack.Local;
import referee.stack.Output;
import referee.stack.Received;
import referee.stack.Reply;
import referee.stack.Setup;
import referee.stack.UserAgent;

/// What the server does about what happens: registrar, trunk and transfer partner. Without sockets
/// and without a clock; [PracticeServer] gives it both.
public final class Practice implements Application {
    /// How it is to be.
    ///
    /// @param open whether nobody is asked for credentials
    /// @param algorithms of Digest, best first: a challenge each (RFC 8760 §2.3)
    /// @param faults in the order given; the first that fits a message has it
    public record Plan(
            String realm,
            Users users,
            boolean open,
            List<DigestAlgorithm> algorithms,
            List<Committed> faults) {
        public static final Plan DEFAULT =
                new Plan(
                        "practice",
                        Users.embedded(),
                        false,
                        List.of(DigestAlgorithm.SHA_256, DigestAlgorithm.MD5),
                        List.of());

        public Plan {
            algorithms = List.copyOf(algorithms);
            faults = List.copyOf(faults);
        }

        public Plan users(Users other) {
            return new Plan(realm, other, open, algorithms, faults);
        }

        public Plan opened() {
            return new Plan(realm, users, true, algorithms, faults);
        }

        /// Offers MD5 alone: some phones give up at a challenge they do not know, instead of taking
        /// the next one.
        public Plan withMd5Only() {
            return new Plan(realm, users, open, List.of(DigestAlgorithm.MD5), faults);
        }

        /// Offers MD5 before SHA-256, to see who takes the better one all the same.
        public Plan withMd5First() {
            return new Plan(
                    realm,
                    users,
                    open,
                    List.of(DigestAlgorithm.MD5, DigestAlgorithm.SHA_256),
                    faults);
        }

        public Plan with(Committed fault) {
            var more = new ArrayList<>(faults);
            more.add(fault);
            return new Plan(realm, users, open, algorithms, more);
        }
    }

    /// A fault that is being committed.
    private record Culprit(Committed committed, Mischief mischief) {}

    private static final String OURS = "practice";

    private final Plan plan;
    private final Users users;
    private final RandomGenerator random;
    private final String password;
    private final Gate gate;
    private final Gate trunk;
    private final Registrar registrar = new Registrar();
    private final Schedule schedule = new Schedule();
    private final Switchboard switchboard = new Switchboard(registrar, schedule);
    private final List<Culprit> culprits;
    private String address = "";
    private Consumer<String> log = _ -> {};

    /// @param random where nonces come from, and whether a fault is committed this time
    public Practice(Plan plan, RandomGenerator random) {
        this.plan = plan;
        this.random = random;
        this.password = Long.toHexString(random.nextLong()) + Long.toHexString(random.nextLong());
        this.users = plan.users().copy().add(OURS, password);
        this.gate = gate(manner());
        this.trunk = gate(manner().realm(plan.realm() + "-trunk").asProxy());
        this.culprits =
                plan.faults().stream()
                        .map(one -> new Culprit(one, one.fault().mischief()))
                        .toList();
    }

    /// How the user agent of this application has to be set up.
    public Setup setup(List<Local> locals) {
        switchboard.isAt(locals);
        address = locals.getFirst().address().toString();
        return Setup.of(locals)
                .user("sip:" + OURS + "@" + address)
                .product("Referee practice")
                .accounts(Accounts.everywhere(DigestAccount.of(OURS, password)))
                .serves("INVITE", "REFER", "REGISTER", "OPTIONS", "MESSAGE", "INFO")
                .symmetric(true);
    }

    /// Told, a line each, of what is answered and which fault is committed.
    public Practice log(Consumer<String> line) {
        log = line;
        return this;
    }

    @Override
    public List<Output> on(UserAgent agent, Instant at, Event event) {
        var out = new ArrayList<Output>();
        turn(agent, at, event, out)
                .ifPresentOrElse(this::take, () -> switchboard.heard(agent, at, event, out));
        culprits.forEach(one -> one.mischief().heard(agent, at, event, out));
        return out;
    }

    private Optional<Turn> turn(UserAgent agent, Instant at, Event event, List<Output> out) {
        var none = Optional.<Job>empty();
        return switch (event) {
            case Event.Asked(var job, var request, var flow) ->
                    Optional.of(new Turn(agent, at, job, request, flow, none, none, schedule, out));
            case Event.Invited(var job, var request, var flow, var replaced) ->
                    Optional.of(
                            new Turn(agent, at, job, request, flow, none, replaced, schedule, out));
            case Event.Referred(var job, var request, var flow, var call) ->
                    Optional.of(new Turn(agent, at, job, request, flow, call, none, schedule, out));
            default -> Optional.empty();
        };
    }

    private void take(Turn turn) {
        for (var one : culprits) {
            if (isDue(one, turn.request()) && one.mischief().atTheGate(turn, this)) {
                tell(turn.method(), one);
                return;
            }
        }
        if (!isAskedWho(turn) || !asks(gate, turn)) admit(turn);
    }

    /// Asks who it is, or asks anew.
    ///
    /// @return false where the credentials are right: that is no answer yet
    boolean asks(Gate which, Turn turn) {
        var refusal = which.refusal(turn.at(), turn.request());
        refusal.ifPresent(turn::reply);
        return refusal.isPresent();
    }

    /// Within a call of ours, and about whether we live, nobody is asked who they are.
    private static boolean isAskedWho(Turn turn) {
        return turn.call().isEmpty() && !turn.method().equals(Methods.OPTIONS);
    }

    /// What is done about a request once it is known whose it is.
    void admit(Turn turn) {
        for (var one : culprits) {
            if (isDue(one, turn.request()) && one.mischief().inside(turn, this)) {
                tell(turn.method(), one);
                return;
            }
        }
        log.accept(turn.method() + " " + turn.dialled());
        right(turn);
    }

    /// Does what is right.
    void right(Turn turn) {
        switch (turn.method()) {
            case Methods.REGISTER -> turn.reply(registered(turn));
            case Methods.INVITE -> switchboard.invited(turn, users);
            case Methods.REFER -> switchboard.referred(turn);
            case Methods.OPTIONS ->
                    turn.reply(
                            Reply.of(200)
                                    .with("Accept", "application/sdp, message/sipfrag")
                                    .with("Allow", Switchboard.ALLOW)
                                    .with("Supported", "replaces, timer, 100rel"));
            default -> turn.reply(200);
        }
    }

    private Reply registered(Turn turn) {
        var user = Written.registrant(turn.request());
        if (!plan.open() && !users.has(user)) return Reply.of(404);
        return registrar.register(turn.at(), user, turn.request(), turn.flow());
    }

    Gate gate() {
        return gate;
    }

    /// How it asks for credentials when it does so as it should.
    Gate.Manner manner() {
        return new Gate.Manner(plan.realm(), false, plan.algorithms(), "auth");
    }

    /// Another gate, with nonces of its own.
    Gate gate(Gate.Manner manner) {
        return new Gate(manner, users, plan.open(), random);
    }

    /// The call that this one is joined to.
    Optional<Job> partner(Job call) {
        return switchboard.other(call);
    }

    /// Ends one of two joined calls without ending the other.
    void separate(Job call) {
        switchboard.separate(call);
    }

    /// Where it is reached over UDP, such as `192.0.2.1:5060`.
    String address() {
        return address;
    }

    /// Where a user can be called.
    Optional<Registrar.Binding> binding(String user, Instant at) {
        return registrar.of(user, at);
    }

    /// A second gate with a realm of its own, which asks as a proxy does.
    Gate trunk() {
        return trunk;
    }

    private boolean isDue(Culprit one, SipMessage message) {
        return one.committed().concerns(message) && hits(one);
    }

    private void tell(String method, Culprit one) {
        log.accept(method + ": " + one.committed().fault().name());
    }

    private boolean hits(Culprit one) {
        return random.nextDouble() < one.committed().probability();
    }

    @Override
    public Optional<Instant> wakeAt() {
        return schedule.next();
    }

    @Override
    public List<Output> tick(UserAgent agent, Instant at) {
        return schedule.due(at);
    }

    @Override
    public List<Output.Send> leaving(Instant at, Output.Send send) {
        if (culprits.isEmpty() || !(SipParser.parse(send.bytes()) instanceof SipMessage message))
            return List.of(send);
        for (var one : culprits) {
            if (one.mischief().changes(message) && isDue(one, message)) {
                tell(Written.method(message), one);
                return one.mischief().leaving(new Leaving(this, at, send, message));
            }
        }
        return List.of(send);
    }

    @Override
    public boolean enters(Received received) {
        for (var one : culprits) {
            if (one.mischief().overhears(received) && isDue(one, received.message())) {
                tell(Written.method(received.message()), one);
                return false;
            }
        }
        return true;
    }
}
