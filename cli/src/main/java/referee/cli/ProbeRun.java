// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import referee.agent.Addresses;
import referee.agent.Agent;
import referee.agent.Probe;
import referee.agent.ProbeEnd;
import referee.agent.ProbePlan;
import referee.agent.ProbeResult;
import referee.agent.Resolver;
import referee.agent.SteadyClock;
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

/// Runs one probe on real sockets.
final class ProbeRun {
    /// How it speaks.
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

    /// Questions of an inquiry and taking down, beyond what the plan waits for.
    private static final Duration SLACK = Duration.ofSeconds(90);

    private final World world;
    private final Line line;

    ProbeRun(World world, Line line) {
        this.world = world;
        this.line = line;
    }

    ProbeRecord run(ProbePlan plan) throws IOException {
        var clock = new SteadyClock();
        var record = new ProbeRecord(world.err(), clock.instant());
        InetAddress here;
        try {
            here = here(plan);
        } catch (IOException e) {
            record.end(clock.instant(), network(String.valueOf(e.getMessage())));
            return record;
        }
        var done = new CompletableFuture<ProbeResult>();
        var probe = new Probe(plan, record::tell, done::complete);
        try (var agent =
                Agent.on(wiring(here))
                        .locals(locals())
                        .setup(this::setup)
                        .application(probe)
                        .witness(record)
                        .clock(clock)
                        .start()) {
            agent.perform(probe::begin);
            record.end(clock.instant(), await(done, plan));
        }
        record.ended(clock.instant());
        return record;
    }

    private static ProbeResult await(CompletableFuture<ProbeResult> done, ProbePlan plan)
            throws IOException {
        var most = plan.patience().multipliedBy(3).plus(plan.talk()).plus(SLACK);
        try {
            return done.get(most.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new ProbeResult(
                    ProbeEnd.TIMED_OUT,
                    "gave up after " + most.toSeconds() + " s",
                    0,
                    Optional.empty(),
                    Optional.empty(),
                    most,
                    List.of(),
                    Optional.empty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("the probe was interrupted", e);
        } catch (ExecutionException e) {
            throw new IOException("the probe failed", e);
        }
    }

    private static ProbeResult network(String says) {
        return new ProbeResult(
                ProbeEnd.NETWORK,
                says,
                0,
                Optional.empty(),
                Optional.empty(),
                Duration.ZERO,
                List.of(),
                Optional.empty());
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
