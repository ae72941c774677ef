// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `referee probe serve`: a Prometheus exporter that probes many targets.
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        header = {
            "Probes whom a Prometheus server asks it to, and answers with metrics.",
            "",
            "  referee probe serve --allow pbx.example.com",
            "  curl 'http://127.0.0.1:15060/probe?module=options&target=pbx.example.com'",
            ""
        },
        footer = {"", "It goes on until it is interrupted. See docs/probe.md for prometheus.yml."})
final class ProbeServeCommand implements Callable<Integer> {
    private static final int MOST = 1_000;
    private static final double LONGEST_OFFSET = 60;

    @Spec CommandSpec spec;

    @Option(
            names = "--listen",
            paramLabel = "ADDR:PORT",
            defaultValue = "127.0.0.1:15060",
            description =
                    "Where to listen. Beyond this machine only together with targets that are allowed. Default: ${DEFAULT-VALUE}.")
    String listen;

    @Option(
            names = "--modules",
            paramLabel = "FILE",
            description =
                    "What it can be asked to do besides options, register and call as they are: a YAML file.")
    @Nullable Path modules;

    @Option(
            names = "--allow",
            paramLabel = "PATTERN",
            description =
                    "Whom it may probe: pbx.example.com, *.example.com, 192.0.2.0/24, bob@host:5060. May be given several times; the file has its own. Default: everybody.")
    List<String> allow = List.of();

    @Option(
            names = "--concurrent",
            paramLabel = "N",
            defaultValue = "50",
            description = "How many probes may run at the same time. Default: ${DEFAULT-VALUE}.")
    int concurrent;

    @Option(
            names = "--timeout-offset",
            paramLabel = "SECONDS",
            defaultValue = "0.5",
            description =
                    "How much earlier than the time limit of the scrape the answer is to be there. Default: ${DEFAULT-VALUE}.")
    double offset;

    private final World world;

    @SuppressWarnings("NullAway.Init") // picocli sets the fields before the command runs
    ProbeServeCommand(World world) {
        this.world = world;
    }

    @Override
    public Integer call() throws IOException, InterruptedException {
        var plan = plan();
        var interrupted = new CountDownLatch(1);
        try (var _ = Ending.by(interrupted::countDown);
                var exporter = ProbeExporter.start(plan, world.err()::println)) {
            world.err()
                    .println(
                            "listening on http://%s/"
                                    .formatted(listen.replaceFirst(":0$", ":" + exporter.port())));
            interrupted.await();
        }
        return 0;
    }

    ProbeExporter.Plan plan() throws IOException {
        var address = ListenAddress.read(spec, listen);
        if (concurrent < 1 || concurrent > MOST) throw wrong("--concurrent is 1 to " + MOST);
        if (!(offset >= 0 && offset <= LONGEST_OFFSET))
            throw wrong("--timeout-offset is 0 to 60 seconds");
        var all =
                allowed(
                        modules == null
                                ? ProbeModules.builtIn()
                                : ProbeModules.read(modules, world));
        if (all.targets().isEmpty() && !address.getAddress().isLoopbackAddress())
            throw wrong(
                    "whoever reaches %s could have anybody probed; say whom: --allow pbx.example.com, or --allow '*'"
                            .formatted(listen));
        if (all.targets().isEmpty() && all.haveCredentials())
            throw wrong(
                    "modules with credentials answer whoever challenges them; say whom they may ask: --allow pbx.example.com");
        return new ProbeExporter.Plan(
                address, all, concurrent, Duration.ofNanos(Math.round(offset * 1e9)));
    }

    private ProbeModules allowed(ProbeModules read) {
        try {
            var more = new java.util.ArrayList<>(read.targets().patterns());
            more.addAll(ProbeTargets.of(allow).patterns());
            return read.allowing(new ProbeTargets(more));
        } catch (ProbeModule.Unusable e) {
            throw wrong("--allow: " + e.getMessage());
        }
    }

    private ParameterException wrong(String says) {
        return new ParameterException(spec.commandLine(), says);
    }
}
