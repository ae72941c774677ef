// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Reads a session description line by line (RFC 4566 §5). Lines may end in CRLF or LF; what nobody
/// asked for is passed over.
final class SdpReader {
    private static final int MAX_MEDIA = 64;
    private static final int MAX_PER_MEDIA = 256;

    private final List<Sdp.Media> media = new ArrayList<>();
    private Optional<Sdp.Origin> origin = Optional.empty();
    private Optional<String> sessionAddress = Optional.empty();
    private Sdp.Direction sessionDirection = Sdp.Direction.SENDRECV;

    private @Nullable Line current;
    private Optional<String> address = Optional.empty();
    private Optional<Sdp.Direction> direction = Optional.empty();
    private List<Sdp.Codec> codecs = new ArrayList<>();

    /// The parts of an m= line.
    private record Line(String type, int port, String protocol, List<String> formats) {}

    Field<Sdp> read(Slice body) {
        if (!body.startsWith("v=0")) return Field.broken("sdp-version", body, "RFC 4566 §5.1");
        var cursor = new Cursor(body);
        while (!cursor.atEnd()) {
            var line = cursor.until("\r\n");
            while (cursor.take('\r') || cursor.take('\n')) {}
            if (line.length() < 2 || line.at(1) != '=') continue;
            var value = line.sub(2);
            switch (line.at(0)) {
                case 'o' -> origin = origin(value);
                case 'c' -> {
                    if (!connection(value))
                        return Field.broken("sdp-connection-form", line, "RFC 4566 §5.7");
                }
                case 'm' -> {
                    if (!media(value))
                        return Field.broken("sdp-media-form", line, "RFC 4566 §5.14");
                }
                case 'a' -> attribute(value);
                default -> {}
            }
        }
        closeMedia();
        return Field.of(new Sdp(origin, sessionAddress, media));
    }

    private static Optional<Sdp.Origin> origin(Slice value) {
        var words = words(value, 6);
        return words.size() < 6
                ? Optional.empty()
                : Optional.of(
                        new Sdp.Origin(words.get(0), words.get(1), words.get(2), words.get(5)));
    }

    /// Such as `IN IP4 192.0.2.1`; a multicast address may have a slash and more.
    private boolean connection(Slice value) {
        var words = words(value, 3);
        if (words.size() < 3) return false;
        var slash = words.get(2).indexOf('/');
        var found = Optional.of(slash < 0 ? words.get(2) : words.get(2).substring(0, slash));
        if (current == null) sessionAddress = found;
        else if (address.isEmpty()) address = found;
        return true;
    }

    private boolean media(Slice value) {
        closeMedia();
        var words = words(value, 3 + MAX_PER_MEDIA);
        if (words.size() < 3) return false;
        var port = new Cursor(Slice.of(words.get(1))).until("/").number();
        if (port < 0 || port > 65535) return false;
        current =
                new Line(
                        words.get(0),
                        (int) port,
                        words.get(2),
                        List.copyOf(words.subList(3, words.size())));
        return true;
    }

    private void attribute(Slice value) {
        for (var known : Sdp.Direction.values()) {
            if (!value.trim().isIgnoreCase(known.name())) continue;
            if (current == null) sessionDirection = known;
            else direction = Optional.of(known);
        }
        if (!value.startsWith("rtpmap:") || codecs.size() >= MAX_PER_MEDIA) return;
        var words = words(value.sub(7), 2);
        if (words.size() == 2 && current != null)
            codecs.add(new Sdp.Codec(words.get(0), words.get(1)));
    }

    private void closeMedia() {
        if (current != null && media.size() < MAX_MEDIA) {
            media.add(
                    new Sdp.Media(
                            current.type(),
                            current.port(),
                            current.protocol(),
                            current.formats(),
                            address.or(() -> sessionAddress),
                            direction.orElse(sessionDirection),
                            codecs));
        }
        current = null;
        address = Optional.empty();
        direction = Optional.empty();
        codecs = new ArrayList<>();
    }

    private static List<String> words(Slice value, int most) {
        var found = new ArrayList<String>();
        var cursor = new Cursor(value);
        while (found.size() < most && !cursor.skipWhite().atEnd()) {
            found.add(cursor.until(" \t").text());
        }
        return found;
    }
}
