// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// The numbers of the requests sent under one Call-ID and tag (RFC 3261 §8.1.1.5).
final class CSeqs {
    private long last;

    CSeqs(long first) {
        last = first - 1;
    }

    long next() {
        return ++last;
    }
}
