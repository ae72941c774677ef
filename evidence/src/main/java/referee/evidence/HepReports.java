// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// HEP, in which servers and probes report the messages they see. Addresses, time and transport are
/// those of the report, not those of the packet that carries it. Reports about anything but SIP go
/// by unseen.
final class HepReports {
    /// What a compressed payload may come to.
    private static final int LONGEST = 256 * 1024;

    private final Tally tally;
    private final Messages messages;
    private final Unread unreadable = new Unread();
    private final Unread packed = new Unread();

    HepReports(Tally tally, Endpoints endpoints) {
        this.tally = tally;
        this.messages = new Messages(tally, endpoints, "HEP");
    }

    /// @param packet stands at the payload of a datagram
    /// @return whether it is a report
    boolean datagram(Packet packet) {
        if (HepReport.isVersion3(packet.bytes, packet.from, packet.to)) {
            report(packet);
            return true;
        }
        var report = HepReport.fixed(packet);
        report.ifPresent(one -> tell(packet, one));
        return report.isPresent();
    }

    /// @param packet stands at a report of version 3
    void report(Packet packet) {
        HepReport.version3(packet)
                .ifPresentOrElse(
                        report -> tell(packet, report), () -> unreadable.add(packet.frame));
    }

    private void tell(Packet packet, HepReport report) {
        var before = tally.messages();
        if (report.sip() && report.payload() && unpack(packet, report))
            messages.read(packet, report.transport());
        tally.reported(packet.nanos, tally.messages() - before);
    }

    private boolean unpack(Packet packet, HepReport report) {
        if (!report.compressed()) return true;
        var content = Unpacked.of(packet.bytes, packet.from, packet.to, LONGEST);
        if (content.isEmpty()) {
            packed.add(packet.frame);
            return false;
        }
        packet.bytes = content.get();
        packet.from = 0;
        packet.to = packet.bytes.length;
        packet.missing = 0;
        return true;
    }

    void end() {
        messages.end();
        unreadable.tell(tally, Gap.Kind.SOURCE, "HEP reports without addresses");
        packed.tell(tally, Gap.Kind.SOURCE, "HEP reports whose payload cannot be unpacked");
    }
}
