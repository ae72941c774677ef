// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.stack.Calling;
import referee.stack.Endpoint;
import referee.stack.Flow;

/// Where practice calls somebody who has registered.
class RegistrarTest {
    private static final Instant NOW = Instant.parse("2026-03-02T10:00:00Z");
    private static final Endpoint SERVER = new Endpoint("203.0.113.2", 5060);

    private static Optional<Flow> way(Transport transport, String contact) {
        var register =
                """
                REGISTER sip:203.0.113.2 SIP/2.0
                Via: SIP/2.0/UDP 203.0.113.1:5061;branch=z9hG4bK1
                From: <sip:alice@203.0.113.2>;tag=1
                To: <sip:alice@203.0.113.2>
                Call-ID: 1
                CSeq: 1 REGISTER
                Contact: <%s>
                Content-Length: 0

                """
                        .formatted(contact)
                        .replace("\n", "\r\n");
        var request = (SipMessage) SipParser.parse(Slice.of(register));
        var flow = new Flow(transport, SERVER, new Endpoint("203.0.113.1", 5061), 1);
        var registrar = new Registrar();
        assertThat(registrar.register(NOW, "alice", request, flow).code()).isEqualTo(200);
        return registrar.of("alice", NOW).map(Registrar.Binding::calling).flatMap(Calling::flow);
    }

    @Test
    void isTheContactWhereThePhoneKnowsItsAddress() {
        assertThat(way(Transport.UDP, "sip:alice@203.0.113.1:5090")).isEmpty();
    }

    @Test
    void isWhereTheRegisterCameFromBehindANat() {
        assertThat(way(Transport.UDP, "sip:alice@10.0.0.7:5060"))
                .map(Flow::remote)
                .contains(new Endpoint("203.0.113.1", 5061));
    }

    @Test
    void isTheConnectionThatTheRegisterCameOver() {
        assertThat(way(Transport.TCP, "sip:alice@203.0.113.1:5090;transport=tcp")).isPresent();
    }
}
