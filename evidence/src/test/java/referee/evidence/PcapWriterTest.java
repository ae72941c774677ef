// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.Transport;

/// What is written is read again as it was.
class PcapWriterTest {
    private static final Instant AT = Instant.parse("2026-03-02T10:00:00Z");
    private static final Endpoint ONE = new Endpoint("192.0.2.1", 5060);
    private static final Endpoint OTHER = new Endpoint("192.0.2.2", 5070);

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final PcapWriter writer = new PcapWriter(out);

    private void says(Endpoint from, Endpoint to, Transport transport) {
        var text =
                "OPTIONS sip:a SIP/2.0\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\nX: %s\r\nContent-Length: 0\r\n\r\n"
                        .formatted("long ".repeat(400));
        var message = (SipMessage) SipParser.parse(Slice.of(text.getBytes(US_ASCII)));
        writer.saw(new Sighting(0, AT, from, to, transport, message));
    }

    private Unreachable read() {
        var seen = Seen.in(out.toByteArray());
        assertThat(seen.gaps).isEmpty();
        assertThat(seen.errors).hasSize(1);
        return seen.errors.getFirst();
    }

    private static Unreachable error(
            long frame, String by, Endpoint from, Endpoint to, Unreachable.Reason reason) {
        return new Unreachable(frame, AT.plusMillis(3), new Endpoint(by, 0), from, to, reason);
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryIcmpError(Unreachable.Reason reason) {
        says(ONE, OTHER, Transport.UDP);
        var error = error(2, "198.51.100.1", ONE, OTHER, reason);
        writer.unreachable(error);
        assertThat(read()).isEqualTo(error);
    }

    @ParameterizedTest
    @EnumSource
    void writesEveryIcmpErrorOfIpv6(Unreachable.Reason reason) {
        var from = new Endpoint("2001:db8::1", 5060);
        var to = new Endpoint("2001:db8::2", 5070);
        says(from, to, Transport.UDP);
        var error = error(2, "2001:db8::9", from, to, reason);
        writer.unreachable(error);
        assertThat(read()).isEqualTo(error);
    }

    @Test
    void writesAnErrorAboutAConnection() {
        says(OTHER, ONE, Transport.TCP);
        says(ONE, OTHER, Transport.TCP);
        var error = error(3, "192.0.2.2", ONE, OTHER, Unreachable.Reason.PORT);
        writer.unreachable(error);
        assertThat(read()).isEqualTo(error);
    }

    @Test
    void quotesOnlyThePortsOfWhatItHasNotSeen() {
        says(OTHER, ONE, Transport.UDP);
        var error = error(2, "192.0.2.2", ONE, OTHER, Unreachable.Reason.PORT);
        writer.unreachable(error);
        assertThat(read()).isEqualTo(error);
    }
}
