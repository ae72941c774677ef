// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import referee.agent.Agent;
import referee.agent.Tls;
import referee.agent.Wiring;
import referee.evidence.Witness;
import referee.sip.Transport;
import referee.stack.Local;

/// [Practice] on sockets.
///
/// ```java
/// try (var server = PracticeServer.on(loopback, 0).fault("refer-no-notify").start()) {
///     phone.register(server.uri());
/// }
/// ```
public final class PracticeServer implements AutoCloseable {
    private final Agent agent;

    private PracticeServer(Agent agent) {
        this.agent = agent;
    }

    /// Where a server is described before it starts.
    public static final class Plan {
        private final InetAddress address;
        private final int port;
        private final List<InetSocketAddress> others = new ArrayList<>();
        private Practice.Plan plan = Practice.Plan.DEFAULT;
        private Optional<Tls> tls = Optional.empty();
        private Optional<Integer> webSocket = Optional.empty();
        private Optional<Integer> secureWebSocket = Optional.empty();
        private Optional<Witness> witness = Optional.empty();
        private Consumer<String> log = _ -> {};

        private Plan(InetAddress address, int port) {
            this.address = address;
            this.port = port;
        }

        /// Listens for UDP and TCP there too.
        public Plan also(InetAddress otherAddress, int otherPort) {
            others.add(new InetSocketAddress(otherAddress, otherPort));
            return this;
        }

        /// Users, realm, and whether anybody is asked for credentials.
        public Plan practice(Practice.Plan other) {
            plan = other;
            return this;
        }

        /// Commits this fault whenever there is occasion.
        ///
        /// @param what as on the command line: `refer-no-notify`, `stale-loop:0.5@alice`
        /// @throws IllegalArgumentException if it names none
        public Plan fault(String what) {
            plan = plan.with(Committed.parse(what));
            return this;
        }

        /// Listens for TLS at the port above; with port 0 at any.
        public Plan tls(Tls identity) {
            tls = Optional.of(identity);
            return this;
        }

        /// Listens for WebSocket.
        ///
        /// @param at its port; 0 for any
        public Plan webSocket(int at) {
            webSocket = Optional.of(at);
            return this;
        }

        /// Listens for WebSocket over TLS; needs [#tls].
        ///
        /// @param at its port; 0 for any
        public Plan secureWebSocket(int at) {
            secureWebSocket = Optional.of(at);
            return this;
        }

        /// Told of everything that is sent and received.
        public Plan witness(Witness who) {
            witness = Optional.of(who);
            return this;
        }

        public Plan log(Consumer<String> line) {
            log = line;
            return this;
        }

        /// @throws IOException if a port is not to be had
        public PracticeServer start() throws IOException {
            var random = new SecureRandom();
            var practice = new Practice(plan, random).log(log);
            var made =
                    Agent.on(wiring()).setup(practice::setup).application(practice).random(random);
            witness.ifPresent(made::witness);
            return new PracticeServer(made.start());
        }

        private Wiring wiring() {
            var here = new InetSocketAddress(address, port);
            var wiring = Wiring.none().listen(Transport.UDP, here).listen(Transport.TCP, here);
            for (var one : others)
                wiring = wiring.listen(Transport.UDP, one).listen(Transport.TCP, one);
            if (tls.isPresent()) {
                var above = new InetSocketAddress(address, port == 0 ? 0 : port + 1);
                wiring = wiring.tls(tls.get().trustingItself()).listen(Transport.TLS, above);
            }
            if (webSocket.isPresent()) wiring = wiring.listen(Transport.WS, at(webSocket.get()));
            if (tls.isPresent() && secureWebSocket.isPresent())
                wiring = wiring.listen(Transport.WSS, at(secureWebSocket.get()));
            return wiring;
        }

        private InetSocketAddress at(int one) {
            return new InetSocketAddress(address, one);
        }
    }

    /// @param port of UDP and TCP; 0 for any, which then differ
    public static Plan on(InetAddress address, int port) {
        return new Plan(address, port);
    }

    /// Where it listens, UDP first.
    public List<Local> locals() {
        return agent.locals();
    }

    /// Its address over UDP, such as `sip:127.0.0.1:5060`.
    public String uri() {
        return "sip:" + locals().getFirst().address();
    }

    /// Somebody or some number there.
    public String uri(String user) {
        return "sip:" + user + "@" + locals().getFirst().address();
    }

    /// The same over another transport, such as `sips:answer@127.0.0.1:5061;transport=tcp`.
    ///
    /// @throws java.util.NoSuchElementException if it does not listen for that
    public String uri(String user, Transport transport) {
        var local =
                locals().stream()
                        .filter(one -> one.transport() == transport)
                        .findFirst()
                        .orElseThrow();
        var where = user + "@" + local.address();
        return switch (transport) {
            case UDP -> "sip:" + where;
            case TCP, WS, SCTP -> "sip:" + where + ";transport=" + transport.word();
            case TLS -> "sips:" + where + ";transport=tcp";
            case WSS -> "sips:" + where + ";transport=ws";
        };
    }

    @Override
    public void close() {
        agent.close();
    }
}
