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
        REFER_TO("the target of Refer-To");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /// As it stands in reports: linked by these words.
        public String words() {
            return words;
        }
    }

    boolean joins(String one, String other) {
        return earlier.equals(one) && later.equals(other)
                || earlier.equals(other) && later.equals(one);
    }
}
