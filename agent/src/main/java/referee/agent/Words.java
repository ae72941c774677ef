// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import referee.sip.SipMessage;
import referee.sip.StartLine;
import referee.stack.Failure;
import referee.stack.TransportError;

/// Failures in words for a person.
final class Words {
    private Words() {}

    static String of(SipMessage response) {
        return response.start() instanceof StartLine.Response(_, var code, var reason, _)
                ? code + " " + reason.text()
                : response.toString();
    }

    static String of(Failure why) {
        return switch (why) {
            case Failure.Rejected(var response) ->
                    response.method() + " was answered with " + of(response);
            case Failure.CredentialsRejected(var response, var realm) ->
                    "the credentials for realm \"%s\" were rejected with %s"
                            .formatted(realm, of(response));
            case Failure.Unanswerable(var response, var because) ->
                    "%s asks for credentials: %s".formatted(of(response), because);
            case Failure.TimedOut(var method) -> method + " got no final response in time";
            case Failure.Unreachable(var error) -> of(error);
            case Failure.NotGranted(_, var because) -> because;
        };
    }

    static String of(TransportError error) {
        return switch (error.kind()) {
            case REFUSED ->
                    "nobody listens there: %s — is the server running, and are port and transport right?"
                            .formatted(error.detail());
            case UNREACHABLE ->
                    "there is no way there: %s — check the address, the route and the firewalls between"
                            .formatted(error.detail());
            case CLOSED ->
                    "the connection was closed: %s — look at the log of the other side"
                            .formatted(error.detail());
            case TLS_NAME -> "TLS name mismatch: " + error.detail();
            case TLS -> "no TLS: " + error.detail();
            case DNS ->
                    "DNS found nothing: %s — check the name, or write the address"
                            .formatted(error.detail());
            case OTHER -> error.detail();
        };
    }

    static int code(Failure why) {
        return switch (why) {
            case Failure.Rejected(var response) -> response.code();
            case Failure.CredentialsRejected(var response, _) -> response.code();
            case Failure.Unanswerable(var response, _) -> response.code();
            case Failure.NotGranted(var response, _) -> response.code();
            case Failure.TimedOut _, Failure.Unreachable _ -> 0;
        };
    }
}
