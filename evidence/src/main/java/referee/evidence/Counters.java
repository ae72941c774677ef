// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Names that differ each time and are the same in each run.
final class Counters {
    private int branches;
    private int nonces;
    private int cnonces;

    String branch(String actor) {
        return "z9hG4bK" + actor + "-" + ++branches;
    }

    String nonce() {
        return "%016x".formatted(++nonces * 0x9e3779b97f4a7c15L);
    }

    String cnonce() {
        return "%08x".formatted(++cnonces * 0x9e3779b9);
    }
}
