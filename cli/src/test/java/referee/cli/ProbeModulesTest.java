// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import referee.agent.ProbePlan;
import referee.sip.Transport;

class ProbeModulesTest {
    private static final Path PAGE = Path.of("../docs/probe.md");

    @TempDir Path directory;

    private ProbeModules read(String yaml) throws IOException {
        var file = directory.resolve("m.yaml");
        Files.writeString(file, yaml);
        return ProbeModules.read(file, Session.world());
    }

    private void assertRefused(String yaml, String says) {
        assertThatThrownBy(() -> read(yaml))
                .isInstanceOf(UnusableModules.class)
                .hasMessageContaining("m.yaml")
                .hasMessageContaining(says)
                .hasMessageNotContaining("\n");
    }

    @Test
    void readsAModule() throws IOException {
        var modules =
                read(
                        """
                        modules:
                          trunk:
                            kind: call
                            user: 1001
                            transport: TLS
                            timeout: 7
                            talk: 0
                            proxy: sip:proxy.example.com
                        """);
        var what = modules.of("trunk").orElseThrow().what();
        assertThat(what.kind()).isEqualTo(ProbePlan.Kind.CALL);
        assertThat(what.patience()).contains(Duration.ofSeconds(7));
        assertThat(what.talk()).isZero();
        assertThat(what.speech().user()).contains("1001");
        assertThat(what.speech().transport()).contains(Transport.TLS);
        assertThat(modules.byName()).containsKeys("options", "register", "call");
    }

    @Test
    void namesFileLineAndKeyOfWhatIsWrong() {
        assertRefused("modules:\n  a:\n    kind: call\n    usr: x\n", ":4: usr is not known");
        assertRefused("modules:\n  a:\n    kind: dance\n", ":3: kind has to be");
        assertRefused("modules:\n  a:\n    user: x\n", ":3: kind has to be");
        assertRefused("modules:\n  a:\n    kind: call\n    timeout: soon\n", ":4: timeout is");
        assertRefused("modules:\n  a:\n    kind: call\n    timeout: 0\n", ":4: timeout is");
        assertRefused("modules:\n  a:\n    kind: call\n    user: true\n", ":4: user is a text");
        assertRefused("modules:\n  a:\n    kind: call\n    strongest: 7\n", "true or false");
        assertRefused(
                "modules:\n  a:\n    kind: call\n    to: sip:b@c\n", ":4: to is for transfer");
        assertRefused("modules:\n  a:\n    kind: transfer\n", "to is missing");
        assertRefused("modules:\n  a:\n    kind: options\n    talk: 3\n", ":4: talk is for");
        assertRefused("modules:\n  a:\n    kind: call\n    proxy: x\n", ":4: proxy is no SIP URI");
        assertRefused(
                "modules:\n  a:\n    kind: call\n    kind: call\n", ":4: kind stands here twice");
        assertRefused("modules:\n  a b:\n    kind: call\n", ":2: a b is no name");
        assertRefused("module:\n", ":1: module is not known");
        assertRefused("modules: [a]\n", ":1: keys with values");
        assertRefused("modules:\n  a: {kind: call\n", "m.yaml:");
        assertRefused("allow: pbx\n", ":1: allow is a list");
        assertRefused("allow: [\"a b\"]\n", ":1: allow — a b is no pattern");
    }

    @Test
    void quotesNoValueThatMayBeASecret() {
        assertThatThrownBy(() -> read("modules:\n  a:\n    kind: call\n    timeout: hunter2\n"))
                .hasMessageNotContaining("hunter2");
    }

    @Test
    void wantsToKnowWhomModulesWithCredentialsMayAsk() throws IOException {
        Files.writeString(directory.resolve("accounts"), "alice * secret\n");
        var file = directory.resolve("m.yaml");
        Files.writeString(file, "modules:\n  a:\n    kind: call\n    credentials: accounts\n");
        var session = Session.run("probe", "serve", "--modules", file.toString());
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains("--allow").doesNotContain("secret");
    }

    @Test
    void listensBeyondThisMachineOnlyForTargetsThatAreAllowed() {
        var session = Session.run("probe", "serve", "--listen", "0.0.0.0:0");
        assertThat(session.code()).isEqualTo(2);
        assertThat(session.err()).contains("--allow");
        assertThat(Session.run("probe", "serve", "--listen", "nowhere").code()).isEqualTo(2);
        assertThat(Session.run("probe", "serve", "--concurrent", "0").code()).isEqualTo(2);
        assertThat(Session.run("probe", "serve", "--allow", "a/b").code()).isEqualTo(2);
    }

    @Test
    void theExampleOfItsPageCanBeUsed() throws IOException {
        var page = Files.readString(PAGE);
        var block =
                Pattern.compile("```yaml\n# modules.yaml\n(.*?)```", Pattern.DOTALL).matcher(page);
        assertThat(block.find()).isTrue();
        Files.writeString(directory.resolve("accounts.txt"), "alice * secret\n");
        var modules = read(block.group(1));
        assertThat(modules.byName().keySet()).hasSizeGreaterThan(4);
        assertThat(modules.targets().isEmpty()).isFalse();
    }

    private static boolean allows(String pattern, String uri) throws ProbeModule.Unusable {
        return ProbeTargets.of(List.of(pattern)).allow(ProbeModule.sip("target", uri));
    }

    @Test
    void comparesTargetsWithPatterns() throws ProbeModule.Unusable {
        assertThat(allows("pbx.example.com", "sip:bob@PBX.example.com:5080")).isTrue();
        assertThat(allows("pbx.example.com:5060", "sip:bob@pbx.example.com")).isFalse();
        assertThat(allows("*.example.com", "sip:a.b.example.com")).isTrue();
        assertThat(allows("*.example.com", "sip:example.com.evil.org")).isFalse();
        assertThat(allows("echo@h", "sip:echo@h")).isTrue();
        assertThat(allows("echo@h", "sip:0900@h")).isFalse();
        assertThat(allows("192.0.2.0/24", "sip:x@192.0.2.255")).isTrue();
        assertThat(allows("192.0.2.0/24", "sip:x@192.0.3.1")).isFalse();
        assertThat(allows("192.0.2.0/24", "sip:192.0.2.1.example.com")).isFalse();
        assertThat(allows("2001:db8::/32", "sip:x@[2001:db8:1::1]:5060")).isTrue();
        assertThat(allows("[2001:db8::1]", "sip:x@[2001:db8::1]")).isTrue();
        assertThat(allows("*", "sip:anybody@anywhere")).isTrue();
    }

    @Test
    void takesBareHostsForTargets() throws ProbeModule.Unusable {
        var none = java.util.Optional.<String>empty();
        var alice = java.util.Optional.of("alice");
        assertThat(ProbeTargets.uri("h:5080", ProbePlan.Kind.OPTIONS, none))
                .isEqualTo("sip:h:5080");
        assertThat(ProbeTargets.uri("sips:h", ProbePlan.Kind.REGISTER, alice))
                .isEqualTo("sips:alice@h");
        assertThat(ProbeTargets.uri("bob@h", ProbePlan.Kind.REGISTER, alice))
                .isEqualTo("sip:bob@h");
    }
}
