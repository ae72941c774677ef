// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import referee.agent.Addresses;
import referee.agent.Agent;
import referee.agent.ProbePlan;
import referee.agent.Resolver;
import referee.agent.SystemDns;
import referee.agent.Tls;
import referee.agent.Wiring;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.sip.Uri;
import referee.stack.Accounts;
import referee.stack.Endpoint;
import referee.stack.Local;
import referee.stack.Preference;
import referee.stack.Setup;

/// The sockets and the name that probes speak with.
final class ProbeWire {
    /// How they speak.
    ///
    /// @param transport the only one; empty for UDP, TCP and TLS as DNS says
    record Line(
            String from,
            Optional<String> proxy,
            Optional<Transport> transport,
            Tls tls,
            String wsPath,
            Accounts accounts,
            boolean strongest) {}

    private final Line line;

    ProbeWire(Line line) {
        this.line = line;
    }

    /// @param certificates told of those that servers show
    /// @throws IOException if there is no way to where the plan leads; its message is for a person
    Agent.Plan towards(ProbePlan plan, Consumer<List<X509Certificate>> certificates)
            throws IOException {
        var wiring = wiring(here(plan)).certificates(certificates);
        return Agent.on(wiring).locals(locals()).setup(this::setup);
    }

    /// Our address on the way to the next hop.
    private InetAddress here(ProbePlan plan) throws IOException {
        var hop =
                line.proxy()
                        .orElse(
                                plan.kind() == ProbePlan.Kind.REGISTER
                                        ? plan.registrar()
                                        : plan.uri());
        var uri = Uri.read(Slice.of(hop)).optional().orElseThrow();
        var targets =
                new Resolver(new SystemDns(), Set.copyOf(spoken()), new SecureRandom())
                        .targets(uri);
        if (targets.isEmpty())
            throw new IOException(
                    "DNS found nothing: %s has no address for %s".formatted(hop, spoken()));
        var peer = InetAddress.ofLiteral(targets.getFirst().address().host());
        try {
            return Addresses.towards(peer);
        } catch (IOException e) {
            throw new IOException(
                    "no route to %s from here: %s".formatted(peer.getHostAddress(), e.getMessage()),
                    e);
        }
    }

    private List<Transport> spoken() {
        return line.transport()
                .map(List::of)
                .orElse(List.of(Transport.UDP, Transport.TCP, Transport.TLS));
    }

    private boolean isWeb() {
        return line.transport()
                .filter(one -> one == Transport.WS || one == Transport.WSS)
                .isPresent();
    }

    private Wiring wiring(InetAddress here) {
        var wiring = Wiring.none().tls(line.tls()).path(line.wsPath()).socketPerPeer();
        if (isWeb()) return wiring;
        for (var one : spoken()) wiring = wiring.listen(one, new InetSocketAddress(here, 0));
        return wiring;
    }

    /// A WebSocket client has no address of its own to be reached at (RFC 7118 §5).
    private List<Local> locals() {
        return isWeb()
                ? List.of(
                        new Local(
                                line.transport().orElseThrow(), new Endpoint("probe.invalid", 443)))
                : List.of();
    }

    private Setup setup(List<Local> locals) {
        var setup =
                Setup.of(locals)
                        .user(line.from())
                        .product("Referee " + Referee.VERSION)
                        .accounts(line.accounts())
                        .preference(line.strongest() ? Preference.STRONGEST : Preference.TOPMOST);
        return line.proxy().map(one -> setup.proxy(routed(one))).orElse(setup);
    }

    private String routed(String proxy) {
        var loose = proxy.contains(";lr") ? proxy : proxy + ";lr";
        if (line.transport().isEmpty() || proxy.contains(";transport=")) return loose;
        return loose + ";transport=" + line.transport().get().parameter();
    }
}
