// SPDX-License-Identifier: Apache-2.0
package referee.stack;

/// How a transfer ended, as far as its notifications tell (RFC 3515 §2.4.5).
public sealed interface Outcome {
    /// The last word was a 2xx.
    record Succeeded(int code) implements Outcome {}

    /// The last word was this final status.
    record Failed(int code, String reason) implements Outcome {}

    /// Nobody told.
    ///
    /// @param why such as `no NOTIFY within 32 s`
    record Unknown(String why) implements Outcome {}
}
