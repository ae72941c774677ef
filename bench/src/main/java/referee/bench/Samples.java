// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.SplittableRandom;
import referee.evidence.Endpoint;
import referee.evidence.PcapWriter;

/// What the benches read; the same in every run.
final class Samples {
    private static final Endpoint PHONE = new Endpoint("192.0.2.10", 5060);
    private static final Endpoint SERVER = new Endpoint("198.51.100.20", 5060);

    private Samples() {}

    /// An INVITE with credentials and SDP, as it leaves a proxy: two Via lines.
    static byte[] invite() {
        var leg = new Leg(7, PHONE, SERVER, new SplittableRandom(1));
        leg.challenge(false);
        var invite =
                leg.request("INVITE", 2, leg.branch(), false)
                        .header("Proxy-Authorization", leg.credentials("INVITE", "secret"));
        var bytes = Leg.whole(invite, "application/sdp", leg.sdp(PHONE));
        return Hops.withVia(bytes, "SIP/2.0/UDP " + SERVER + ";branch=" + Hops.branch(bytes));
    }

    /// This many INVITEs one after the other, as a TCP connection carries them.
    static byte[] stream(int messages) {
        return new String(invite(), ISO_8859_1).repeat(messages).getBytes(ISO_8859_1);
    }

    /// Generated traffic as a pcap file: at least this many messages.
    static byte[] capture(int messages) {
        var out = new ByteArrayOutputStream();
        new Traffic(1, _ -> {}).write(messages, new PcapWriter(out));
        return out.toByteArray();
    }
}
