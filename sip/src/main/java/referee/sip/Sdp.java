// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.List;
import java.util.Optional;

/// A session description, as far as it says who sends media where (RFC 4566, RFC 3264).
///
/// @param origin empty where the o= line is missing or unreadable
/// @param address of the session's c= line; empty where there is none
/// @param media one for each m= line, in order, at most 64
public record Sdp(Optional<Origin> origin, Optional<String> address, List<Media> media) {
    /// Who made the description, and which version of it this is (RFC 4566 §5.2).
    ///
    /// @param version as written; it grows with each change of the session (RFC 3264 §8)
    public record Origin(String user, String sessionId, String version, String address) {}

    /// One stream that is offered or accepted (RFC 4566 §5.14).
    ///
    /// @param type such as `audio`
    /// @param port 0 to 65535; 0 refuses or ends the stream (RFC 3264 §6 and §8.2)
    /// @param protocol such as `RTP/AVP`
    /// @param formats as written, at most 256; payload types for RTP
    /// @param address its own c= line's or else the session's; empty where neither has one
    /// @param direction its own or else the session's
    /// @param codecs the names of its rtpmap lines, in order, at most 256
    public record Media(
            String type,
            int port,
            String protocol,
            List<String> formats,
            Optional<String> address,
            Direction direction,
            List<Codec> codecs) {
        public Media {
            formats = List.copyOf(formats);
            codecs = List.copyOf(codecs);
        }

        public boolean isRefused() {
            return port == 0;
        }

        /// Whether the sender wants nothing sent to it: `sendonly` or `inactive` (RFC 3264 §8.4),
        /// or the older way, an address of zeros.
        public boolean isHeld() {
            return !isRefused()
                    && (!direction.receives() || address.map(ZEROS::contains).orElse(false));
        }
    }

    /// The name of a payload type (RFC 4566 §6, rtpmap).
    ///
    /// @param format the payload type, as written
    /// @param name with rate and channels, such as `opus/48000/2`
    public record Codec(String format, String name) {}

    /// Which way media flow, seen from who sent the description (RFC 3264 §5.1).
    public enum Direction {
        SENDRECV,
        SENDONLY,
        RECVONLY,
        INACTIVE;

        public boolean sends() {
            return this == SENDRECV || this == SENDONLY;
        }

        public boolean receives() {
            return this == SENDRECV || this == RECVONLY;
        }
    }

    private static final List<String> ZEROS = List.of("0.0.0.0", "::");

    public Sdp {
        media = List.copyOf(media);
    }

    /// The description that a message carries, alone or as a part of a multipart body.
    ///
    /// @return absent where the body is empty or of another type
    public static Field<Sdp> of(SipMessage message) {
        if (message.body().isEmpty()) return new Field.Absent<>();
        return message.first(ContentType.KIND)
                .then(type -> {
                    if (type.is("application/sdp")) return read(message.body());
                    return Multipart.part(message.body(), type, "application/sdp")
                            .map(Sdp::read)
                            .orElseGet(Field.Absent::new);
                });
    }

    public static Field<Sdp> read(Slice body) {
        return new SdpReader().read(body);
    }

    /// Whether there are streams that are not refused, and all of them are held.
    public boolean isHeld() {
        return media.stream().anyMatch(Media::isHeld)
                && media.stream().allMatch(one -> one.isHeld() || one.isRefused());
    }
}
