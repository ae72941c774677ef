// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import referee.agent.ProbePlan.Kind;
import referee.agent.Tls;
import referee.sip.Transport;
import referee.stack.Accounts;

class ProbeModuleTest {
    private static ProbeModule over(Kind kind, Optional<String> proxy, Transport transport) {
        return ProbeModule.of(
                kind,
                new ProbeSpeech(
                        Optional.empty(),
                        Optional.empty(),
                        proxy,
                        Optional.of(transport),
                        Tls.DEFAULT,
                        "/",
                        false));
    }

    private static String uri(String uri, Transport transport) throws Exception {
        return over(Kind.OPTIONS, Optional.empty(), transport).plan(uri).uri();
    }

    @Test
    void writesTheTransportThatIsAskedForIntoTheUri() throws Exception {
        assertThat(uri("sip:h", Transport.TCP)).isEqualTo("sip:h;transport=tcp");
        assertThat(uri("sip:h;transport=TCP", Transport.TCP)).isEqualTo("sip:h;transport=TCP");
        assertThat(uri("sips:h", Transport.TLS)).isEqualTo("sips:h");
        assertThat(uri("sips:h;transport=tcp", Transport.TLS)).isEqualTo("sips:h;transport=tcp");
    }

    /// RFC 7118 §5.2 knows no other value.
    @Test
    void writesWsForBothWebSockets() throws Exception {
        assertThat(uri("sip:h", Transport.WS)).isEqualTo("sip:h;transport=ws");
        assertThat(uri("sip:h", Transport.WSS)).isEqualTo("sip:h;transport=ws");
        assertThat(uri("sips:h", Transport.WSS)).isEqualTo("sips:h;transport=ws");
        var registration = over(Kind.REGISTER, Optional.empty(), Transport.WSS);
        assertThat(registration.plan("sip:alice@h").registrar()).isEqualTo("sip:h;transport=ws");
        assertThat(registration.line("sip:alice@h", Accounts.NONE).transport())
                .contains(Transport.WSS);
    }

    @Test
    void leavesTheUriAloneWhereAProxyIsTheNextHop() throws Exception {
        var module = over(Kind.CALL, Optional.of("sip:proxy"), Transport.WSS);
        assertThat(module.plan("sip:bob@h").uri()).isEqualTo("sip:bob@h");
        assertThat(module.line("sip:bob@h", Accounts.NONE).proxy()).contains("sip:proxy");
    }

    @Test
    void refusesAUriThatSaysAnotherTransport() {
        assertThatThrownBy(() -> uri("sip:h;transport=udp", Transport.TCP))
                .isInstanceOf(ProbeModule.Unusable.class)
                .hasMessage("sip:h;transport=udp says transport=udp, and tcp is asked for");
    }

    @Test
    void callsAsTheUserAtTheHostOfWhomItCalls() throws Exception {
        var module = ProbeModule.of(Kind.CALL, ProbeSpeech.DEFAULT);
        assertThat(module.line("sip:bob@h", Accounts.NONE).from()).isEqualTo("sip:referee@h");
        assertThat(module.account("sip:bob@h")).isEqualTo("referee");
        var registration = ProbeModule.of(Kind.REGISTER, ProbeSpeech.DEFAULT);
        assertThat(registration.account("sip:alice@h")).isEqualTo("alice");
    }
}
