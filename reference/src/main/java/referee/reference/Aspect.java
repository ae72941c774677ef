// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import referee.reference.Comparison.Difference;

/// One fact of two codes: how they differ in it, or what they have in common.
///
/// @param difference empty if they agree
/// @param common a sentence, empty if they differ or agreeing is not worth a word
record Aspect(Optional<Difference> difference, Optional<String> common) {

    /// Every fact of these two, the weightiest first.
    static List<Aspect> all(Code left, Code right) {
        var all = new ArrayList<Aspect>();
        all.add(
                of(
                        "Class",
                        "is " + left.codeClass().noun() + " (" + left.codeClass().word() + ")",
                        "is " + right.codeClass().noun() + " (" + right.codeClass().word() + ")",
                        "Both are " + left.codeClass().plural() + "."));
        all.add(
                of(
                        "Final or not",
                        finality(left),
                        finality(right),
                        "Both are " + finalWord(left) + "."));
        all.add(senders(left, right));
        all.add(
                of(
                        "Which requests",
                        "answers " + Phrases.requests(left),
                        "answers " + Phrases.requests(right),
                        "Both answer " + Phrases.requests(left) + "."));
        all.add(of("What must come with it", company(left), company(right), sharedCompany(left)));
        all.add(
                of(
                        "Inside a dialog",
                        left.effect().does(),
                        right.effect().does(),
                        sharedEffect(left)));
        all.add(subscription(left, right));
        all.add(of("May you retry", retry(left), retry(right), sharedRetry(left)));
        all.add(of("Retry-After", retryAfter(left), retryAfter(right), sharedRetryAfter(left)));
        all.add(moves(left, right));
        all.add(of("Towards the PSTN", cause(left), cause(right), sharedCause(left)));
        all.add(
                of(
                        "Standing",
                        "is " + left.standing().words(),
                        "is " + right.standing().words(),
                        ""));
        return all;
    }

    private static Aspect of(String about, String left, String right, String common) {
        if (!left.equals(right))
            return new Aspect(Optional.of(new Difference(about, left, right)), Optional.empty());
        return new Aspect(
                Optional.empty(), common.isEmpty() ? Optional.empty() : Optional.of(common));
    }

    private static String finality(Code code) {
        return code.codeClass().isFinal() ? "is final" : "is not: a final answer has to follow";
    }

    private static String finalWord(Code code) {
        return code.codeClass().isFinal() ? "final" : "provisional: a final answer has to follow";
    }

    private static Aspect senders(Code left, Code right) {
        var same = new HashSet<>(left.sentBy()).equals(new HashSet<>(right.sentBy()));
        var words = "comes from " + Phrases.senders(left);
        return of(
                "Who sends it",
                words,
                same ? words : "comes from " + Phrases.senders(right),
                "Both come from " + Phrases.senders(left) + ".");
    }

    private static String company(Code code) {
        return code.must().isEmpty()
                ? "needs nothing beyond the usual headers"
                : "has to carry " + Phrases.company(code);
    }

    private static String sharedCompany(Code code) {
        return code.must().isEmpty() ? "" : "Both have to carry " + Phrases.company(code) + ".";
    }

    private static String sharedEffect(Code code) {
        return code.effect() == Effect.NONE
                ? ""
                : "Inside a dialog, each of them " + code.effect().does() + ".";
    }

    private static Aspect subscription(Code left, Code right) {
        return of(
                "To NOTIFY or a refreshing SUBSCRIBE",
                subscription(left),
                subscription(right),
                left.endsSubscription()
                        ? "As an answer to NOTIFY or to a refreshing SUBSCRIBE, each ends the subscription."
                        : "");
    }

    private static String subscription(Code code) {
        return code.endsSubscription()
                ? "ends the subscription"
                : "leaves the subscription standing";
    }

    private static String retry(Code code) {
        return switch (code.retry()) {
            case NOT_NEEDED -> "leaves nothing to retry";
            case NO -> "says no: the same request will not succeed";
            case AFTER_CHANGE -> "says yes, after a change to the request";
            case AFTER_DELAY -> "says yes, after a while";
            case ELSEWHERE -> "says yes, through another server or path";
            case AT_CONTACT -> "says yes, at the Contact it gives";
            case BY_DECISION -> "leaves it to a person to decide";
        };
    }

    private static String sharedRetry(Code code) {
        return switch (code.retry()) {
            case NOT_NEEDED -> "";
            case NO -> "After neither will the same request succeed.";
            case AFTER_CHANGE -> "After either, a changed request may succeed.";
            case AFTER_DELAY -> "After either, the request may succeed later.";
            case ELSEWHERE -> "After either, another server or path may do.";
            case AT_CONTACT -> "After either, the request goes to the Contact given.";
            case BY_DECISION -> "After either, a person has to decide.";
        };
    }

    private static String retryAfter(Code code) {
        return code.retryAfter().isEmpty() ? "gives it no meaning" : "may carry it";
    }

    private static String sharedRetryAfter(Code code) {
        return code.retryAfter().isEmpty()
                ? ""
                : "Either may say in Retry-After when to come back.";
    }

    private static Aspect moves(Code left, Code right) {
        var same = new HashSet<>(left.acts()).equals(new HashSet<>(right.acts()));
        var words = move(left);
        return of(
                "Whose move",
                words,
                same ? words : move(right),
                isHealthy(left)
                        ? "Neither asks anyone to act."
                        : "After either, " + Phrases.actors(left) + " acts.");
    }

    private static String move(Code code) {
        return isHealthy(code)
                ? "asks nobody to act"
                : "leaves the next move to " + Phrases.actors(code);
    }

    private static boolean isHealthy(Code code) {
        return code.acts().equals(List.of("nobody"));
    }

    private static String cause(Code code) {
        return code.cause()
                .map(cause ->
                        "becomes Q.850 cause " + cause.number() + ", " + Words.lower(cause.name()))
                .orElse("becomes no cause");
    }

    private static String sharedCause(Code code) {
        return code.cause()
                .map(cause ->
                        "Towards the PSTN both become cause "
                                + cause.number()
                                + ", "
                                + Words.lower(cause.name())
                                + ".")
                .orElse("");
    }
}
