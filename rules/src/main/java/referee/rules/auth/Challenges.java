// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.List;
import referee.sip.Challenge;
import referee.sip.DigestAlgorithm;

/// What a client can make of the challenges of one response.
final class Challenges {
    private Challenges() {}

    /// Digest with realm and nonce, and a hash that is known.
    static boolean isAnswerable(Challenge challenge) {
        return challenge.isUsable() && DigestAlgorithm.of(challenge.algorithm()).isPresent();
    }

    /// Digest with MD5, which every client can do.
    static boolean isPlain(Challenge challenge) {
        return challenge.isUsable()
                && DigestAlgorithm.of(challenge.algorithm())
                        .filter(one -> one == DigestAlgorithm.MD5)
                        .isPresent();
    }

    /// Whether the first challenge is one that a client may not be able to answer, with another one
    /// below that every client can, or none that any can.
    static boolean isFirstUnsupported(List<Challenge> challenges) {
        if (challenges.isEmpty() || isPlain(challenges.getFirst())) return false;
        return challenges.stream().anyMatch(Challenges::isPlain)
                || challenges.stream().noneMatch(Challenges::isAnswerable);
    }
}
