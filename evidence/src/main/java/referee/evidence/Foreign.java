// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// A kind of file that is not read here, known by octets at a fixed place: the rows of
/// `foreign.tsv`.
@SuppressWarnings("ArrayRecordComponent") // never compared
record Foreign(int at, byte[] magic, String what, String advice) {
    static final String CONVERT = "convert it with: editcap -F pcapng IN OUT";

    /// What this source is, if it is one of them.
    static Optional<Foreign> of(byte[] start) {
        return rows().stream().filter(one -> one.begins(start)).findFirst();
    }

    static List<Foreign> rows() {
        try (var in = Foreign.class.getResourceAsStream("foreign.tsv")) {
            if (in == null) throw new IllegalStateException("foreign.tsv is missing");
            var text = new String(in.readAllBytes(), UTF_8);
            return text.lines().skip(1).map(Foreign::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Foreign row(String line) {
        var cells = line.split("\t", -1);
        var magic = HexFormat.of().parseHex(cells[1]);
        return new Foreign(Integer.parseInt(cells[0]), magic, cells[2], advice(cells[3]));
    }

    private static String advice(String word) {
        return switch (word) {
            case "convert" -> CONVERT;
            case "unpack" -> "unpack it first";
            case "original" -> "give the capture or log that it shows or quotes";
            case "packets" -> "export the packets themselves, as pcapng";
            case "hexdump" -> "make a capture of it with: text2pcap IN OUT.pcap";
            case "journal" -> "write it as text with: journalctl --file IN > OUT.log";
            case "database" -> "export what it holds as HEP, text or a capture";
            case "utf8" -> "save it as UTF-8";
            case "other" -> "give a pcap or pcapng capture";
            default -> throw new IllegalStateException("unknown advice " + word);
        };
    }

    private boolean begins(byte[] start) {
        if (start.length < at + magic.length) return false;
        for (var i = 0; i < magic.length; i++) {
            if (start[at + i] != magic[i]) return false;
        }
        return true;
    }
}
