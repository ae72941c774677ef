// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// A line of a trace that cannot be read. The message says what was expected; the reader adds the
/// place.
final class TraceError extends Exception {
    private final int number;

    /// About the line that is being carried out.
    TraceError(String message) {
        this(message, 0);
    }

    /// @param number 1-based number of the line that it is about
    TraceError(String message, int number) {
        super(message);
        this.number = number;
    }

    /// The same, about this line unless it names another.
    TraceError at(int line) {
        return number > 0 ? this : new TraceError(message(), line);
    }

    int number() {
        return number;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}
