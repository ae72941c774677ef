// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.HexFormat;
import java.util.random.RandomGenerator;
import referee.sip.Via;

/// Words that nobody else makes: branches, tags, Call-IDs, nonces.
final class Tokens {
    private final RandomGenerator random;
    private long count;

    Tokens(RandomGenerator random) {
        this.random = random;
    }

    String branch() {
        return Via.MAGIC + word();
    }

    /// At least 32 bits of it are random (RFC 3261 §19.3).
    String tag() {
        return word();
    }

    String callId() {
        return word() + word();
    }

    /// 64 random bits and a count, as hex.
    String word() {
        return HexFormat.of().toHexDigits(random.nextLong())
                + HexFormat.of().toHexDigits((short) count++);
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
