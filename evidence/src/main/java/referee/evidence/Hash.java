// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.SplittableRandom;

/// Hashes of addresses that nobody can aim at: each run has a seed of its own, and no order of
/// output depends on it.
final class Hash {
    private static final long SEED = new SplittableRandom().nextLong();

    private Hash() {}

    static long of(long a, long b, long c) {
        return mix(mix(mix(SEED ^ a) + b) + c);
    }

    static long of(long a, long b, long c, long d, long e) {
        return mix(mix(of(a, b, c) + d) + e);
    }

    /// The finaliser of SplitMix64.
    private static long mix(long z) {
        var x = (z ^ z >>> 30) * 0xbf58476d1ce4e5b9L;
        x = (x ^ x >>> 27) * 0x94d049bb133111ebL;
        return x ^ x >>> 31;
    }
}
