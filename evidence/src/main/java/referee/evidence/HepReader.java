// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;

/// Reads HEP version 3 as it comes from a TCP connection or was written to a file: report behind
/// report, each of which counts as a frame.
final class HepReader {

    private final BlockReader in;
    private final Tally tally;
    private final HepReports reports;
    private final Packet packet = new Packet();
    private long lost;

    HepReader(BlockReader in, Tally tally) {
        this.in = in;
        this.tally = tally;
        this.reports = new HepReports(tally, new Endpoints());
    }

    static boolean recognises(byte[] start, int length) {
        return HepReport.isVersion3(start, 0, length);
    }

    void read() throws IOException {
        while (in.have(HepReport.HEADER)) {
            if (HepReport.isVersion3(in.bytes(), in.at(), in.at() + HepReport.HEADER)) report();
            else skip();
        }
        tellLost();
        if (in.rest() > 0 || !in.damage().isEmpty()) early();
        reports.end();
    }

    private void report() throws IOException {
        var length = HepReport.length(in.bytes(), in.at());
        if (length < HepReport.HEADER) {
            skip();
            return;
        }
        tellLost();
        if (!in.have(length)) {
            early();
            in.advance(in.rest());
            return;
        }
        packet.bytes = in.bytes();
        packet.from = in.at();
        packet.to = in.at() + length;
        packet.missing = 0;
        packet.frame = tally.frame();
        reports.report(packet);
        in.advance(length);
    }

    private void skip() {
        in.advance(1);
        lost++;
    }

    private void tellLost() {
        if (lost > 0)
            tally.missed(Gap.Kind.FILE, tally.frames() + 1, lost + " octets are no HEP report");
        lost = 0;
    }

    private void early() {
        var why = in.damage().isEmpty() ? "the file ends early" : in.damage();
        tally.missed(Gap.Kind.FILE, tally.frames() + 1, why + ", inside a report");
    }
}
