// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// What to tell a person whose source is none that is read here: what it is, and what to try.
final class Unreadable {
    private static final String GIVE = " — give a pcap or pcapng capture";

    private Unreadable() {}

    /// @param start the first octets of the source
    static String why(byte[] start) {
        if (start.length == 0) return "is empty" + GIVE;
        return Foreign.of(start)
                .map(one -> "is " + one.what() + " — " + one.advice())
                .orElseGet(() -> other(start));
    }

    private static String other(byte[] start) {
        if (isErf(start)) return "looks like an ERF capture — " + Foreign.CONVERT;
        return "is no kind of evidence that is known here" + GIVE;
    }

    /// Of a text in which no message was found.
    ///
    /// @param script whether it is what a Kamailio script writes about messages
    static String log(boolean script) {
        return script
                ? "is a Kamailio script log, which names messages and does not hold them — give a"
                        + " capture, HEP, or what the module sipdump writes"
                : "is text, and no SIP message of a known log format is in it — give a capture, or"
                        + " a log with whole messages";
    }

    /// An ERF file has no magic: eight octets of time, then a type of Ethernet (2), flags, and two
    /// lengths of which the second is not the larger one by much.
    private static boolean isErf(byte[] bytes) {
        if (bytes.length < 18 || (bytes[8] & 0x7f) != 2) return false;
        var record = Octets.u16(bytes, 10);
        var wire = Octets.u16(bytes, 14);
        return record >= 34 && record % 8 == 0 && wire >= 14 && wire <= record + 4;
    }
}
