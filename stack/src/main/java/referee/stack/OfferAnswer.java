// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.sip.Sdp;
import referee.sip.Slice;

/// The session descriptions of one call (RFC 3264): one audio line, everything else is refused with
/// port 0.
final class OfferAnswer {
    private final Audio audio;
    private final long session;
    private long version;
    private boolean held;
    private boolean heldByPeer;
    private boolean relayed;
    private Slice given = Slice.EMPTY;
    private String last = "";

    OfferAnswer(Audio audio, long session) {
        this.audio = audio;
        this.session = session;
    }

    void hold(boolean on) {
        held = on;
    }

    boolean isHeld() {
        return held;
    }

    boolean isHeldByPeer() {
        return heldByPeer;
    }

    /// Leaves it to the application what is described.
    void relay() {
        relayed = true;
    }

    boolean isRelayed() {
        return relayed;
    }

    /// What the application has described instead of us.
    void said(Slice description) {
        if (!description.isEmpty()) given = description;
    }

    /// What the other side has said.
    void heard(Sdp said) {
        heldByPeer = said.isHeld();
    }

    /// What we offer; in a relayed call once more what the application has described last.
    Slice offer() {
        if (relayed && !given.isEmpty()) return given;
        var formats = audio.codecs().stream().map(codec -> codec.format() + "").toList();
        var direction = held ? "sendonly" : "sendrecv";
        return written(List.of(line(formats) + codecs(audio.codecs()) + "a=" + direction + "\r\n"));
    }

    /// @return empty if no audio line of the offer has a codec of ours: 488 (RFC 3261 §13.3.1.3)
    Optional<Slice> answer(Sdp offer) {
        heard(offer);
        var lines = new ArrayList<String>();
        var taken = false;
        for (var media : offer.media()) {
            var common = taken || !isAudio(media) ? List.<Audio.Codec>of() : common(media);
            lines.add(common.isEmpty() ? refused(media) : accepted(media, common));
            taken |= !common.isEmpty();
        }
        return taken ? Optional.of(written(lines)) : Optional.empty();
    }

    private static boolean isAudio(Sdp.Media media) {
        return media.type().equals("audio")
                && !media.isRefused()
                && media.protocol().equals("RTP/AVP");
    }

    /// Our codecs under the payload types of the offer, in its order.
    private List<Audio.Codec> common(Sdp.Media media) {
        var found = new ArrayList<Audio.Codec>();
        for (var format : media.formats()) {
            var name =
                    media.codecs().stream()
                            .filter(codec -> codec.format().equals(format))
                            .map(Sdp.Codec::name)
                            .findFirst();
            for (var codec : audio.codecs()) {
                var same =
                        name.isPresent()
                                ? name.get().equalsIgnoreCase(codec.name())
                                : format.equals(codec.format() + "") && codec.format() < 96;
                var number = Slice.of(format).number();
                if (same && number >= 0 && number < 128)
                    found.add(new Audio.Codec((int) number, codec.name()));
            }
        }
        var events = found.stream().allMatch(codec -> codec.name().startsWith("telephone-event"));
        return events ? List.of() : found;
    }

    private String accepted(Sdp.Media media, List<Audio.Codec> common) {
        var formats = common.stream().map(codec -> codec.format() + "").toList();
        return line(formats) + codecs(common) + "a=" + direction(media) + "\r\n";
    }

    /// What fits the offer (RFC 3264 §6.1).
    private String direction(Sdp.Media media) {
        return switch (media.direction()) {
            case SENDRECV -> held ? "sendonly" : "sendrecv";
            case SENDONLY -> held ? "inactive" : "recvonly";
            case RECVONLY -> "sendonly";
            case INACTIVE -> "inactive";
        };
    }

    private static String refused(Sdp.Media media) {
        var formats = media.formats().isEmpty() ? "0" : String.join(" ", media.formats());
        return "m=" + media.type() + " 0 " + media.protocol() + " " + formats + "\r\n";
    }

    private String line(List<String> formats) {
        return "m=audio "
                + audio.address().port()
                + " RTP/AVP "
                + String.join(" ", formats)
                + "\r\n";
    }

    private static String codecs(List<Audio.Codec> codecs) {
        var text = new StringBuilder();
        for (var codec : codecs)
            text.append("a=rtpmap:" + codec.format() + " " + codec.name() + "\r\n");
        return text.toString();
    }

    /// The version rises where the description has changed (RFC 3264 §8).
    private Slice written(List<String> media) {
        var body = String.join("", media);
        if (!body.equals(last)) version++;
        last = body;
        var host = audio.address().host();
        var address = "IN " + (audio.address().isIpv6() ? "IP6 " : "IP4 ") + host;
        return Slice.of(
                "v=0\r\no=- "
                        + session
                        + " "
                        + version
                        + " "
                        + address
                        + "\r\ns=-\r\nc="
                        + address
                        + "\r\nt=0 0\r\n"
                        + body);
    }
}
