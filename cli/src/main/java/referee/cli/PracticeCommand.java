// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import referee.evidence.PcapWriter;
import referee.practice.Committed;
import referee.practice.Practice;
import referee.practice.PracticeServer;
import referee.practice.Users;

/// `referee practice`: a SIP server to try things on.
@Command(
        name = "practice",
        mixinStandardHelpOptions = true,
        header = {
            "A registrar, trunk and transfer partner to practise with: right, or wrong on purpose.",
            "",
            "  referee practice",
            "  referee practice --tls --cert-to practice.pem",
            "  referee practice --fault refer-no-notify --fault register-interval-423:0.5@alice",
            ""
        })
final class PracticeCommand implements Callable<Integer> {
    @Spec CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "ADDR:PORT",
            defaultValue = "127.0.0.1:5060",
            description =
                    "Where to listen, UDP and TCP. May be given several times. Default: ${DEFAULT-VALUE}.")
    List<String> listen;

    @Mixin PracticeTls tls;

    @Option(
            names = "--websocket",
            paramLabel = "PORT",
            description = "Also listen for WebSocket at this port.")
    @Nullable Integer webSocket;

    @Option(
            names = "--users",
            paramLabel = "FILE",
            description =
                    "Users instead of the built-in ones: a line each of user, realm (practice, or * for any) and password.")
    @Nullable Path users;

    @Option(names = "--open", description = "Ask nobody for credentials.")
    boolean open;

    @Option(
            names = "--md5",
            description =
                    "Offer Digest with MD5 only, not SHA-256 first: some phones give up at an algorithm they do not know.")
    boolean md5;

    @Option(
            names = "--md5-first",
            description =
                    "Offer Digest with MD5 before SHA-256: who takes the topmost takes the weaker one.")
    boolean md5First;

    @Option(
            names = "--fault",
            paramLabel = "NAME[:ODDS][@METHOD|@USER]",
            description =
                    "Commit this fault; with these odds (0 to 1), in answer to this method, or with this user only. May be given several times.")
    List<String> faults = List.of();

    @Option(names = "--list", description = "List the faults that can be committed, and end.")
    boolean list;

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Write everything that is sent and received to this capture (pcap).")
    @Nullable Path save;

    @Option(
            names = "--for",
            paramLabel = "SECONDS",
            description = "End after so many seconds. Default: when it is interrupted.")
    @Nullable Long seconds;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    PracticeCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (list) {
            PracticeList.print(world.out());
            return 0;
        }
        var wrong = tls.complaint();
        if (wrong.isPresent()) throw new ParameterException(spec.commandLine(), wrong.get());
        var committed = committed();
        var interrupted = new CountDownLatch(1);
        var written = new CountDownLatch(1);
        try (var capture = capture();
                var server = server(committed, capture)) {
            var ending = Thread.ofPlatform().unstarted(() -> end(interrupted, written));
            Runtime.getRuntime().addShutdownHook(ending);
            greet(server, committed);
            if (seconds == null) interrupted.await();
            else {
                var _ = interrupted.await(seconds, TimeUnit.SECONDS);
            }
        } finally {
            written.countDown();
        }
        return 0;
    }

    /// Holds the end of the process until the capture is whole.
    private static void end(CountDownLatch interrupted, CountDownLatch written) {
        interrupted.countDown();
        try {
            written.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private List<Committed> committed() {
        try {
            return faults.stream().map(Committed::parse).toList();
        } catch (IllegalArgumentException e) {
            throw new ParameterException(spec.commandLine(), e.getMessage(), e);
        }
    }

    private OutputStream capture() throws IOException {
        return save == null
                ? OutputStream.nullOutputStream()
                : new BufferedOutputStream(Files.newOutputStream(save));
    }

    private PracticeServer server(List<Committed> committed, OutputStream capture)
            throws IOException {
        var addresses = listen.stream().map(this::address).toList();
        var plan = Practice.Plan.DEFAULT;
        if (users != null) plan = plan.users(Users.of(new CredentialsFile(world).read(users)));
        if (open) plan = plan.opened();
        if (md5First) plan = plan.withMd5First();
        if (md5) plan = plan.withMd5Only();
        for (var one : committed) plan = plan.with(one);
        var first = addresses.getFirst();
        var made =
                PracticeServer.on(first.getAddress(), first.getPort())
                        .practice(plan)
                        .log(line -> world.err().println(line));
        for (var one : addresses.subList(1, addresses.size()))
            made = made.also(one.getAddress(), one.getPort());
        if (save != null) made = made.witness(new PcapWriter(capture));
        tls.tls(first.getAddress()).ifPresent(made::tls);
        if (tls.secureWebSocket != null) made = made.secureWebSocket(tls.secureWebSocket);
        if (webSocket != null) made = made.webSocket(webSocket);
        return made.start();
    }

    private InetSocketAddress address(String text) {
        var address = ListenAddress.read(spec, text);
        if (!address.getAddress().isAnyLocalAddress()) return address;
        throw new ParameterException(
                spec.commandLine(),
                text
                        + " — no phone can call that back — name the address of this machine that they reach");
    }

    private void greet(PracticeServer server, List<Committed> committed) {
        var lines = new ArrayList<String>();
        for (var local : server.locals())
            lines.add("listening on " + local.transport() + " " + local.address());
        if (open) lines.add("open: nobody is asked for credentials");
        else if (users == null)
            for (var one : Users.EMBEDDED)
                lines.add("user " + one.user() + ", password " + one.password() + " (public)");
        lines.add(
                "numbers: answer, echo, slow, ring, busy, decline, notfound, transfer-me, attend-me,"
                        + " call-me, and any of digits");
        for (var one : committed) lines.add(PracticeList.line(one.fault()));
        lines.forEach(world.err()::println);
    }
}
