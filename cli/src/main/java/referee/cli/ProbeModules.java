// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import referee.agent.ProbePlan;
import referee.agent.Tls;
import referee.sip.AccountKey;
import referee.sip.Slice;
import referee.sip.Transport;

/// What an exporter can be asked to do, by name, and whom it may ask.
///
/// @param byName in order of their names
record ProbeModules(Map<String, Module> byName, ProbeTargets targets) {
    /// @param keys the accounts of its credentials file
    record Module(String name, ProbeModule what, List<AccountKey> keys) {
        /// Names no secret.
        @Override
        public String toString() {
            return name;
        }
    }

    private static final int LONGEST = 3_600;
    private static final Set<String> KEYS =
            Set.of(
                    "kind",
                    "user",
                    "from",
                    "credentials",
                    "proxy",
                    "registrar",
                    "transport",
                    "timeout",
                    "talk",
                    "to",
                    "attended",
                    "ca",
                    "client-cert",
                    "ws-path",
                    "strongest");

    /// Those that need no file: `options`, `register` and `call`.
    static ProbeModules builtIn() {
        var modules = new TreeMap<String, Module>();
        for (var kind :
                List.of(ProbePlan.Kind.OPTIONS, ProbePlan.Kind.REGISTER, ProbePlan.Kind.CALL)) {
            var what = ProbeModule.of(kind, ProbeSpeech.DEFAULT);
            modules.put(kind.word(), new Module(kind.word(), what, List.of()));
        }
        return new ProbeModules(modules, new ProbeTargets(List.of()));
    }

    ProbeModules allowing(ProbeTargets other) {
        return new ProbeModules(byName, other);
    }

    Optional<Module> of(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    boolean haveCredentials() {
        return byName.values().stream().anyMatch(one -> !one.keys().isEmpty());
    }

    /// The built-in ones and those of the file, which may stand in for them.
    ///
    /// @throws UnusableModules if something in the file is not as it has to be
    static ProbeModules read(Path file, World world) throws IOException {
        var root = YamlSection.read(file);
        root.allow(Set.of("modules", "allow"));
        var modules = new TreeMap<>(builtIn().byName());
        var all = root.section("modules");
        for (var name : all.keys()) {
            if (!name.matches("[A-Za-z0-9_.-]{1,64}"))
                throw all.wrong(name, "is no name of a module: letters, digits, _ . -");
            modules.put(name, new Reader(file, all.section(name), world).module(name));
        }
        try {
            return new ProbeModules(modules, ProbeTargets.of(root.texts("allow")));
        } catch (ProbeModule.Unusable e) {
            throw root.wrong("allow", "— " + e.getMessage());
        }
    }

    /// Reads one module.
    private record Reader(Path file, YamlSection section, World world) {
        Module module(String name) throws IOException {
            section.allow(KEYS);
            var kind = kind();
            check(kind);
            var what =
                    ProbeModule.of(kind, speech())
                            .patience(
                                    section.number("timeout", 1, LONGEST).map(Duration::ofSeconds))
                            .talk(Duration.ofSeconds(section.number("talk", 0, LONGEST).orElse(1)));
            var to = uri("to");
            if (to.isPresent()) what = what.to(to.get(), section.flag("attended"));
            return new Module(name, what, keys());
        }

        private ProbePlan.Kind kind() throws UnusableModules {
            var word = section.text("kind");
            for (var kind : ProbePlan.Kind.values())
                if (word.filter(kind.word()::equals).isPresent()) return kind;
            throw section.wrong("kind", "has to be options, register, call or transfer");
        }

        private void check(ProbePlan.Kind kind) throws UnusableModules {
            var transfers = kind == ProbePlan.Kind.TRANSFER;
            if (transfers && !section.has("to"))
                throw section.wrong("to", "is missing: whom a transfer leads to");
            for (var key : List.of("to", "attended"))
                if (!transfers && section.has(key)) throw section.wrong(key, "is for transfer");
            if (section.has("talk") && !transfers && kind != ProbePlan.Kind.CALL)
                throw section.wrong("talk", "is for call and transfer");
            if (section.has("registrar") && kind != ProbePlan.Kind.REGISTER)
                throw section.wrong("registrar", "is for register");
            if (section.has("registrar") && section.has("proxy"))
                throw section.wrong("registrar", "and proxy are the same; one is enough");
        }

        private ProbeSpeech speech() throws UnusableModules {
            var proxy = uri("proxy");
            return new ProbeSpeech(
                    section.text("user"),
                    uri("from"),
                    proxy.isPresent() ? proxy : uri("registrar"),
                    transport(),
                    tls(),
                    section.text("ws-path").orElse("/"),
                    section.flag("strongest"));
        }

        private Optional<String> uri(String key) throws UnusableModules {
            var text = section.text(key);
            try {
                if (text.isPresent()) ProbeModule.sip(key, text.get());
            } catch (ProbeModule.Unusable e) {
                throw section.wrong(key, "is no SIP URI; write sip:user@host");
            }
            return text;
        }

        private Optional<Transport> transport() throws UnusableModules {
            var word = section.text("transport");
            if (word.isEmpty()) return Optional.empty();
            var read = Transport.of(Slice.of(word.get().toLowerCase(Locale.ROOT)));
            if (read.isEmpty() || read.get() == Transport.SCTP)
                throw section.wrong("transport", "is udp, tcp, tls, ws or wss");
            return read;
        }

        private Tls tls() throws UnusableModules {
            var tls = Tls.DEFAULT;
            var ca = section.text("ca");
            if (ca.isPresent()) tls = tls.trusting(beside(ca.get()));
            var own = section.text("client-cert");
            var secret = Optional.ofNullable(System.getenv("REFEREE_P12_PASSWORD")).orElse("");
            return own.isPresent() ? tls.being(beside(own.get()), secret) : tls;
        }

        private List<AccountKey> keys() throws IOException {
            var credentials = section.text("credentials");
            if (credentials.isEmpty()) return List.of();
            return new CredentialsFile(world).read(beside(credentials.get())).keys();
        }

        /// A path in the file is meant from where the file is.
        private Path beside(String path) {
            return file.toAbsolutePath().resolveSibling(path);
        }
    }
}
