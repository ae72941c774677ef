// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// What to tell a person whose source is none that is read here: what it is, and what to try.
final class Unreadable {
    private static final String CONVERT = " — convert it with: editcap -F pcapng IN OUT";
    private static final String UNPACK = " — unpack it first";

    private Unreadable() {}

    /// @param start the first octets of the source
    static String why(byte[] start) {
        if (start.length == 0) return "is empty — give a pcap or pcapng capture";
        if (starts(start, "GMBU") || starts(start, "RTSS"))
            return "is a Network Monitor capture" + CONVERT;
        if (starts(start, "snoop\0\0\0")) return "is a snoop capture" + CONVERT;
        if (starts(start, "XCP\0")) return "is a Sniffer capture" + CONVERT;
        if (isErf(start)) return "looks like an ERF capture" + CONVERT;
        if (starts(start, "(\u00b5/\u00fd")) return "is compressed with zstd" + UNPACK;
        if (starts(start, "\u00fd7zXZ")) return "is compressed with xz" + UNPACK;
        if (starts(start, "BZh")) return "is compressed with bzip2" + UNPACK;
        if (starts(start, "PK\u0003\u0004")) return "is a zip archive" + UNPACK;
        if (starts(start, "\u001f\u008b")) return "is gzipped twice" + UNPACK;
        return "is no kind of evidence that is known here — give a pcap or pcapng capture";
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

    private static boolean starts(byte[] bytes, String wanted) {
        if (bytes.length < wanted.length()) return false;
        for (var i = 0; i < wanted.length(); i++) {
            if (bytes[i] != (byte) wanted.charAt(i)) return false;
        }
        return true;
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
