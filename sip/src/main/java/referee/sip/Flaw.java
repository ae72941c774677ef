// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// Something wrong in a message, and where.
///
/// @param code kebab-case, names the flaw, such as `cseq-too-large`
/// @param where the bytes it is about, inside the message
/// @param source the RFC section it goes against, such as `RFC 3261 §20.16`
public record Flaw(String code, Slice where, String source) {
    /// The flaw's code alone: a message may hold secrets, so its bytes are not part of this text.
    @Override
    public String toString() {
        return code + " at " + where.from() + ".." + where.to() + " (" + source + ")";
    }
}
