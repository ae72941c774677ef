// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.Optional;

/// Facts of a code as clauses and sentences.
final class Phrases {
    private Phrases() {}

    /// `a UAS, a registrar or a proxy`.
    static String senders(Code code) {
        return Words.list(code.sentBy().stream().map(Words::article).toList(), "or");
    }

    /// `the client, the caller and the registrar`, or `nobody`.
    static String actors(Code code) {
        var acts =
                code.acts().stream().map(one -> one.equals("nobody") ? one : "the " + one).toList();
        return Words.list(acts, "or");
    }

    /// `any request`, or `INVITE and UPDATE`.
    static String requests(Code code) {
        return code.methods().isEmpty() ? "any request" : Words.list(code.methods(), "and");
    }

    static String transaction(Code code) {
        var invite = answers(code, "INVITE");
        return switch (code.codeClass()) {
            case PROVISIONAL ->
                    code.number() == 100
                            ? "Not final, and hop by hop: a stateful proxy keeps it. The client stops repeating an INVITE."
                            : "Not final: the client stops repeating the INVITE and waits.";
            case SUCCESS ->
                    invite
                            ? "Final. The 2xx to INVITE is confirmed by the caller itself, with an ACK end to end; other methods are done."
                            : "Final.";
            case REDIRECTION ->
                    "Final. An INVITE gets its ACK hop by hop; a new attempt is a new transaction.";
            case REQUEST_FAILURE ->
                    "Final."
                            + (invite ? " An INVITE gets its ACK hop by hop." : "")
                            + " A repaired request is a new transaction with a CSeq one higher.";
            case SERVER_FAILURE -> "Final." + (invite ? " An INVITE gets its ACK hop by hop." : "");
            case GLOBAL_FAILURE ->
                    "Final. A forking proxy cancels its other branches and passes this answer on (RFC 3261 §16.7).";
        };
    }

    static String dialog(Code code) {
        return switch (code.effect()) {
            case NONE -> healthyDialog(code);
            case REDIRECT -> "Inside a dialog it " + code.effect().does() + " (RFC 5057 §5.1).";
            case TRANSACTION, USAGE, DIALOG ->
                    "Inside a dialog it "
                            + code.effect().does()
                            + (code.isEffectByClass()
                                    ? " (not in RFC 5057; as any unknown %s)."
                                            .formatted(code.codeClass().word())
                                    : " (RFC 5057 §5.1).");
        };
    }

    private static String healthyDialog(Code code) {
        return switch (code.number()) {
            case 100 -> "None is created (RFC 3261 §12.1).";
            case 199 -> "Ends the one early dialog that its To tag names (RFC 6228 §4).";
            case 200 ->
                    "To INVITE it confirms a dialog, to SUBSCRIBE and REFER it goes with one; to BYE it ends the call.";
            case 202 -> "As 200.";
            case 204 -> "Goes on.";
            default -> "With a To tag it creates an early dialog (RFC 3261 §12.1).";
        };
    }

    /// Empty where it never answers a request of a subscription.
    static Optional<String> subscription(Code code) {
        var touches = answers(code, "SUBSCRIBE") || answers(code, "NOTIFY");
        if (!touches && !code.endsSubscription()) return Optional.empty();
        if (code.endsSubscription())
            return Optional.of(
                    "To a SUBSCRIBE that refreshes, or to NOTIFY, it ends the subscription (RFC 6665 §4.1.2.2, §4.2.2).");
        return Optional.of(
                switch (code.number()) {
                    case 100 -> "No effect.";
                    case 200, 202 ->
                            "To SUBSCRIBE and REFER: accepted, and a NOTIFY follows at once.";
                    case 204 -> "Goes on, and no NOTIFY follows.";
                    default ->
                            "A first SUBSCRIBE creates none; one that stands goes on until it expires.";
                });
    }

    static boolean answers(Code code, String method) {
        return code.methods().isEmpty() || code.methods().contains(method);
    }

    /// The headers without which it must not be sent, conditions included.
    static String company(Code code) {
        return Words.list(code.must().stream().map(HeaderNeed::words).toList(), "and");
    }
}
