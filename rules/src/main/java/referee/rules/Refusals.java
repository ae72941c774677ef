// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.reference.Code;
import referee.reference.Codes;
import referee.sip.Credentials;

/// What a final response of 300 and above says, challenges apart: the words of its code, sharpened
/// by its place.
final class Refusals {
    private Refusals() {}

    static String words(int code, Transaction transaction, Story story) {
        var withCredentials =
                transaction
                        .message()
                        .map(message -> !Credentials.all(message).isEmpty())
                        .orElse(false);
        var method = transaction.method();
        return switch (code) {
            case 403 ->
                    withCredentials
                            ? "refused, with credentials: they are wrong, or policy forbids it"
                            : says(code);
            case 405 -> method + " is not allowed for this address";
            case 487 ->
                    story.cancelOf(transaction).isPresent()
                            ? "ended by the caller's CANCEL"
                            : says(code);
            case 501 -> method + " is not implemented here";
            default -> says(code);
        };
    }

    private static String says(int code) {
        return Codes.orGeneral(code).map(Code::says).orElse("no response code of SIP");
    }
}
