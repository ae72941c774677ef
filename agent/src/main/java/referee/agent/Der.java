// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Writes the few ASN.1 values that a certificate is made of, by DER (ITU-T X.690).
final class Der {
    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'", Locale.ROOT).withZone(ZoneOffset.UTC);

    static final int INTEGER = 0x02;
    static final int BITS = 0x03;
    static final int OCTETS = 0x04;
    static final int OBJECT = 0x06;
    static final int UTF8 = 0x0c;
    static final int TIME = 0x17;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private Der() {}

    /// One value; its parts follow each other.
    static byte[] of(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (var part : parts) content.writeBytes(part);
        var whole = new ByteArrayOutputStream();
        whole.write(tag);
        length(whole, content.size());
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static void length(ByteArrayOutputStream to, int length) {
        if (length < 0x80) {
            to.write(length);
            return;
        }
        var octets = BigInteger.valueOf(length).toByteArray();
        var skipped = octets[0] == 0 ? 1 : 0;
        to.write(0x80 | octets.length - skipped);
        to.write(octets, skipped, octets.length - skipped);
    }

    static byte[] integer(BigInteger value) {
        return of(INTEGER, value.toByteArray());
    }

    /// @param octets of a whole number of them
    static byte[] bits(byte[] octets) {
        return of(BITS, new byte[1], octets);
    }

    static byte[] text(String value) {
        return of(UTF8, value.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /// @param at before 2050
    static byte[] time(Instant at) {
        return of(TIME, UTC.format(at).getBytes(US_ASCII));
    }

    /// @param arcs such as 2, 5, 4, 3; the first two below 40
    static byte[] object(int... arcs) {
        var content = new ByteArrayOutputStream();
        content.write(arcs[0] * 40 + arcs[1]);
        for (var i = 2; i < arcs.length; i++) {
            for (var shift = 28; shift > 0; shift -= 7)
                if (arcs[i] >> shift != 0) content.write(0x80 | arcs[i] >> shift & 0x7f);
            content.write(arcs[i] & 0x7f);
        }
        return of(OBJECT, content.toByteArray());
    }
}
