// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/// Takes the frames of one capture, whatever file they come from, down to the messages in them.
final class Frames {
    /// No frame that is looked at is longer; one that is said to be is passed over.
    static final int LARGEST = 256 * 1024;

    /// A length beyond this is not believed, and with it the place of the next record is lost.
    private static final int BELIEVED = 16 * 1024 * 1024;

    private static final int MAX_LINK_TYPES = 100;

    private final Tally tally;
    private final Packet packet = new Packet();
    private final TlsSecrets secrets;
    private final IpLayer ip;
    private final Map<Integer, Unread> unknownLinks = new TreeMap<>();
    private final Unread unreadable = new Unread();

    Frames(Tally tally, KeyLog keys) {
        this.tally = tally;
        this.secrets = new TlsSecrets(keys);
        this.ip = new IpLayer(tally, secrets);
    }

    /// @param from where the frame starts in the bytes
    /// @param captured how many octets of it are there, at most [#LARGEST]
    /// @param original how many it had; fewer than captured counts as captured
    void frame(int linkType, long nanos, byte[] bytes, int from, int captured, long original) {
        packet.frame = tally.frame(nanos);
        packet.nanos = nanos;
        packet.depth = 0;
        packet.bytes = bytes;
        packet.from = from;
        packet.to = from + captured;
        packet.captured = captured;
        packet.original = (int) Math.max(captured, Math.min(original, Integer.MAX_VALUE));
        packet.missing = Math.min(packet.original - captured, BELIEVED);
        if (!LinkLayer.knows(linkType)) {
            unknownLink(linkType);
        } else if (LinkLayer.open(packet, linkType)) {
            ip.packet(packet);
        }
    }

    /// Takes secrets that the capture itself holds.
    void secrets(String keyLog) {
        secrets.add(keyLog);
    }

    private void unknownLink(int linkType) {
        var known = unknownLinks.get(linkType);
        if (known == null && unknownLinks.size() < MAX_LINK_TYPES) {
            known = new Unread();
            unknownLinks.put(linkType, known);
        }
        if (known != null) known.add(packet.frame);
    }

    /// A frame whose record contradicts itself.
    void unreadable(long nanos) {
        unreadable.add(tally.frame(nanos));
    }

    /// Passes over a record that is too long to be a packet.
    ///
    /// @param skip how far its end is from where the reader stands
    /// @return whether there is a next record to read
    boolean oversize(BlockReader in, long nanos, long length, long skip) throws IOException {
        if (length > BELIEVED) return stops("a record says that it is " + length + " octets long");
        var frame = tally.frame(nanos);
        tally.missed(Gap.Kind.FILE, frame, "a record of " + length + " octets is no packet");
        if (in.skip(skip)) return true;
        endsEarly(in, "inside it");
        return false;
    }

    /// The file is damaged such that nothing behind this place can be found.
    ///
    /// @return false
    boolean stops(String why) {
        damaged(why + "; nothing behind it was read");
        return false;
    }

    void damaged(String why) {
        tally.missed(Gap.Kind.FILE, tally.frames() + 1, why);
    }

    void endsEarly(BlockReader in, String where) {
        var why = in.damage().isEmpty() ? "the file ends early" : in.damage();
        damaged(why + ", " + where);
    }

    /// Lets go of everything that waits for more, and tells what could not be read.
    void end() {
        ip.end();
        unreadable.tell(tally, Gap.Kind.FILE, "records that contradict themselves");
        for (var unknown : unknownLinks.entrySet()) {
            var what = "link type " + unknown.getKey() + " is not read here";
            unknown.getValue().tell(tally, Gap.Kind.LINK, what);
        }
    }
}
