// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import referee.sip.HeaderKind;
import referee.sip.OptionTag;
import referee.sip.SipMessage;

/// What a message says about extensions and failures, in short.
final class Options {
    private Options() {}

    static boolean lists(SipMessage message, HeaderKind<OptionTag> header, String tag) {
        return message.values(header).stream().anyMatch(one -> one.is(tag));
    }

    /// Whether a request in a dialog failed so that its usage is over (RFC 3261 §12.2.1.2).
    static boolean endsDialog(Failure why) {
        return switch (why) {
            case Failure.Rejected(var response) -> response.code() == 481 || response.code() == 408;
            case Failure.TimedOut _ -> true;
            case Failure.CredentialsRejected _,
                    Failure.Unanswerable _,
                    Failure.Unreachable _,
                    Failure.NotGranted _ ->
                    false;
        };
    }
}
