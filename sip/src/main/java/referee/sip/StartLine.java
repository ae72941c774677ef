// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// The first line of a message (RFC 3261 §7.1 and §7.2).
public sealed interface StartLine {
    /// The line as written, without CRLF.
    Slice line();

    /// The version as written, such as `SIP/2.0`.
    Slice version();

    /// @param method as written; the registered ones are the constants of [Methods]
    /// @param uri as written, with any stray white space between it and its neighbours left out
    record Request(Slice line, String method, Slice uri, Slice version) implements StartLine {}

    /// @param code 0 to 999999999 as written; only 100 to 699 are defined
    /// @param reason what follows the code; may be empty
    record Response(Slice line, int code, Slice reason, Slice version) implements StartLine {}
}
