// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

/// Why two Call-IDs belong to one case.
///
/// @param certainty `proven` where a message names the other call; `likely` where the two only look
///   as if
/// @param earlier the Call-ID that was named, or came first
/// @param later the Call-ID of the message that shows the link
public record Link(Reason reason, Certainty certainty, String earlier, String later) {
    public enum Reason {
        /// An INVITE that takes the place of a dialog (RFC 3891).
        REPLACES("Replaces"),
        /// A Refer-To whose URI carries Replaces: an attended transfer (RFC 5589 §7).
        REFER_TO_REPLACES("Replaces in Refer-To"),
        /// A request that says on whose behalf it is sent, to the target of a REFER (RFC 3892).
        REFERRED_BY("Referred-By"),
        /// A call to the target of a REFER, by who got the REFER, soon after.
        REFER_TO("the target of Refer-To"),
        /// A request outside a dialog that names a dialog as the reason to trust it (RFC 4538).
        TARGET_DIALOG("Target-Dialog"),
        /// The same session identifier on two legs (RFC 7989, RFC 7329).
        SESSION_ID("Session-ID"),
        /// A header that carries the Call-ID of the other leg, or the same value on both.
        HEADER("a header of the product"),
        /// The same icid-value in P-Charging-Vector (RFC 7315).
        CHARGING_VECTOR("P-Charging-Vector"),
        /// Same caller and called, one leg into a host and one out of it, within seconds.
        NUMBERS("same numbers and time"),
        /// Same caller, one leg into a host and one out of it within a second, and no other such
        /// call.
        CALLER("same caller and time"),
        /// Same SDP origin and port within seconds.
        MEDIA("same media and time");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /// As it stands in reports: linked by these words.
        public String words() {
            return words;
        }
    }

    /// The end of it that is not this Call-ID.
    public String other(String callId) {
        return earlier.equals(callId) ? later : earlier;
    }
}
