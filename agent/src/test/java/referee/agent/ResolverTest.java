// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.sip.Uri;

/// RFC 3263 §4 against a name system that fits on a page.
class ResolverTest {
    private static final Set<Transport> ALL =
            Set.of(Transport.UDP, Transport.TCP, Transport.TLS, Transport.WS, Transport.WSS);

    private record Zone(
            Map<String, List<Dns.Naptr>> pointers,
            Map<String, List<Dns.Srv>> services,
            Map<String, List<String>> hosts)
            implements Dns {
        @Override
        public List<Naptr> naptr(String domain) {
            return pointers.getOrDefault(domain, List.of());
        }

        @Override
        public List<Srv> srv(String name) {
            return services.getOrDefault(name, List.of());
        }

        @Override
        public List<String> addresses(String host) {
            return hosts.getOrDefault(host, List.of());
        }
    }

    private static final Zone ZONE =
            new Zone(
                    Map.of(
                            "example.com",
                            List.of(
                                    new Dns.Naptr(20, 10, "s", "SIP+D2U", "_sip._udp.example.com"),
                                    new Dns.Naptr(
                                            10, 10, "s", "SIPS+D2T", "_sips._tcp.example.com"))),
                    Map.of(
                            "_sip._udp.example.com",
                            List.of(
                                    new Dns.Srv(2, 0, 5060, "b.example.com"),
                                    new Dns.Srv(1, 0, 5070, "a.example.com")),
                            "_sips._tcp.example.com",
                            List.of(new Dns.Srv(1, 0, 5061, "a.example.com")),
                            "_sip._tcp.only-srv.example",
                            List.of(new Dns.Srv(1, 0, 5080, "a.example.com"))),
                    Map.of(
                            "a.example.com", List.of("192.0.2.1", "2001:db8::1"),
                            "b.example.com", List.of("192.0.2.2"),
                            "plain.example", List.of("192.0.2.3")));

    @Test
    void followsNaptrByOrderThenSrvByPriority() {
        assertThat(targets("sip:bob@example.com", ALL))
                .containsExactly(
                        "TLS 192.0.2.1:5061",
                        "TLS [2001:db8::1]:5061",
                        "UDP 192.0.2.1:5070",
                        "UDP [2001:db8::1]:5070",
                        "UDP 192.0.2.2:5060");
    }

    @Test
    void leavesOutTransportsThatWeDoNotHave() {
        assertThat(targets("sip:bob@example.com", Set.of(Transport.UDP)))
                .containsExactly(
                        "UDP 192.0.2.1:5070", "UDP [2001:db8::1]:5070", "UDP 192.0.2.2:5060");
    }

    @Test
    void keepsSipsOnTls() {
        assertThat(targets("sips:bob@example.com", ALL))
                .containsExactly("TLS 192.0.2.1:5061", "TLS [2001:db8::1]:5061");
        assertThat(targets("sips:bob@192.0.2.9;transport=tcp", ALL))
                .containsExactly("TLS 192.0.2.9:5061");
    }

    @Test
    void asksForSrvWhereThereIsNoNaptr() {
        assertThat(targets("sip:bob@only-srv.example", ALL))
                .containsExactly("TCP 192.0.2.1:5080", "TCP [2001:db8::1]:5080");
    }

    @Test
    void asksOnlyForTheAddressWhereAPortIsGiven() {
        assertThat(targets("sip:bob@b.example.com:5099", ALL))
                .containsExactly("UDP 192.0.2.2:5099");
        assertThat(targets("sip:bob@plain.example", ALL)).containsExactly("UDP 192.0.2.3:5060");
    }

    @Test
    void takesTheTransportThatTheUriNames() {
        assertThat(targets("sip:bob@plain.example;transport=tcp", ALL))
                .containsExactly("TCP 192.0.2.3:5060");
        assertThat(targets("sip:bob@192.0.2.9;transport=ws", ALL))
                .containsExactly("WS 192.0.2.9:80");
        assertThat(targets("sip:bob@192.0.2.9;transport=ws", Set.of(Transport.WSS)))
                .containsExactly("WSS 192.0.2.9:443");
        assertThat(targets("sip:bob@192.0.2.9;transport=tcp", Set.of(Transport.UDP))).isEmpty();
        assertThat(targets("sip:bob@plain.example;transport=carrier-pigeon", ALL)).isEmpty();
    }

    @Test
    void looksUpMaddrInsteadOfTheHost() {
        assertThat(targets("sip:bob@example.com;maddr=192.0.2.7", ALL))
                .containsExactly("UDP 192.0.2.7:5060");
    }

    @Test
    void findsNothingForANameThatIsNone() {
        assertThat(targets("sip:bob@nowhere.example", ALL)).isEmpty();
        assertThat(targets("tel:+15551230000", ALL)).isEmpty();
    }

    @Test
    void namesTheDomainForTheCertificateAndNotTheHostOfItsSrv() throws IOException {
        var resolver = new Resolver(ZONE, ALL, new Random(1));
        var uri = Uri.read(Slice.of("sips:bob@example.com")).optional().orElseThrow();

        assertThat(resolver.targets(uri)).allMatch(target -> target.name().equals("example.com"));
    }

    private static List<String> targets(String uri, Set<Transport> spoken) {
        try {
            return new Resolver(ZONE, spoken, new Random(1))
                    .targets(Uri.read(Slice.of(uri)).optional().orElseThrow()).stream()
                            .map(Object::toString)
                            .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
