// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// A line of a trace that cannot be read. The message says what was expected; the reader adds the
/// place.
final class TraceError extends Exception {
    TraceError(String message) {
        super(message);
    }
}
