// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Credentials;

/// What a final response of 300 and above says, challenges apart.
final class Refusals {
    private Refusals() {}

    static String words(int code, Transaction transaction, Story story) {
        var withCredentials =
                transaction
                        .message()
                        .map(message -> !Credentials.all(message).isEmpty())
                        .orElse(false);
        return switch (code) {
            case 300, 301, 302 -> "go to another address, given in Contact";
            case 305 -> "the request has to go through the proxy given in Contact";
            case 400 -> "the server cannot read the request";
            case 402 -> "payment or credit is missing";
            case 403 ->
                    withCredentials
                            ? "refused, with credentials: they are wrong, or policy forbids it"
                            : "understood and refused; credentials do not help";
            case 404 -> "there is no such user here";
            case 405 -> transaction.method() + " is not allowed for this address";
            case 406, 606 -> "nothing in Accept or in the offered session is acceptable";
            case 408 -> "no answer came in time from further on";
            case 410 -> "the user was here and has gone for good";
            case 415 -> "the body's type is not understood";
            case 416 -> "the scheme of the Request-URI is not understood";
            case 420 -> "a required extension is not supported";
            case 421 -> "the server needs an extension that the client did not offer";
            case 422 -> "the session interval is too small; Min-SE says how long it has to be";
            case 423 -> "the expiry is too short; Min-Expires says how long it has to be";
            case 429 -> "the Referred-By identity is missing";
            case 480 -> "the user cannot be reached now: not registered, or not answered";
            case 481 -> "the other side knows no such call or transaction";
            case 482 -> "the request came back to an element that it had passed";
            case 483 -> "the request ran out of hops";
            case 484 -> "the number is incomplete";
            case 485 -> "the address is ambiguous";
            case 486 -> "busy";
            case 487 ->
                    story.cancelOf(transaction).isPresent()
                            ? "ended by the caller's CANCEL"
                            : "ended before it was answered";
            case 488 -> "the offered session is not acceptable here";
            case 489 -> "the event package is not known here";
            case 491 -> "another change of the session is under way; to be tried again";
            case 500 -> "the server failed";
            case 501 -> transaction.method() + " is not implemented here";
            case 502 -> "the gateway got nonsense from further on";
            case 503 -> "the service is overloaded or down; another server may do";
            case 504 -> "a server further on did not answer in time";
            case 513 -> "the message is too large";
            case 600 -> "busy everywhere";
            case 603 -> "declined";
            case 604 -> "there is no such user anywhere";
            case 607 -> "unwanted by the called person";
            case 608 -> "rejected by an analytics engine on the way";
            default -> ofClass(code);
        };
    }

    private static String ofClass(int code) {
        return switch (code / 100) {
            case 3 -> "the request has to go elsewhere";
            case 4 -> "refused here";
            case 5 -> "the server failed";
            default -> "refused everywhere";
        };
    }
}
