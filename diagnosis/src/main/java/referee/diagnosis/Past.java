// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What other stories, seen before, have to do with the credentials of this one.
///
/// @param issued where a nonce that this story uses was issued: under another Call-ID
/// @param used where a nonce and its count were used before: under another Call-ID
/// @param refusals earlier refusals of credentials between the hosts of this story, oldest first
/// @param isAnswering whether its caller answered a challenge to an earlier INVITE that came
///   without a provisional response
/// @param leniency what a server of this story has accepted before
public record Past(
        Map<String, Earlier> issued,
        Map<String, Earlier> used,
        List<Refusal> refusals,
        boolean isAnswering,
        Set<Leniency> leniency) {
    static final Past NONE = new Past(Map.of(), Map.of(), List.of(), false, Set.of());

    /// @param callId of the other story
    /// @param frame of the message there
    /// @param host of the client
    public record Earlier(String callId, long frame, Instant at, String host) {}

    /// @param client its host
    /// @param server its host
    /// @param user whose credentials were refused, or empty
    /// @param realm they were for, or empty
    /// @param code of the answer: 401, 403 or 407
    public record Refusal(
            String client, String server, String user, String realm, int code, Instant at) {}

    /// What a server has shown that it does not mind.
    public enum Leniency {
        /// A digest-uri that is not the Request-URI.
        OTHER_URI,
        /// Quotes where none belong, or none where they do.
        QUOTES,
        /// A retry with another From tag.
        FROM_TAG
    }

    public Past {
        issued = Map.copyOf(issued);
        used = Map.copyOf(used);
        refusals = List.copyOf(refusals);
        leniency = Set.copyOf(leniency);
    }

    /// Where else this nonce was issued.
    public Optional<Earlier> issue(String nonce) {
        return Optional.ofNullable(issued.get(nonce));
    }

    /// Where else this nonce was used with this count before.
    public Optional<Earlier> use(String nonce, String nc) {
        return Optional.ofNullable(used.get(Nonces.key(nonce, nc)));
    }
}
