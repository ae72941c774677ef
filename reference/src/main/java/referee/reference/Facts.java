// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The facts that stand at the head of a page's sections, made of the data: a list, an item a line.
final class Facts {
    private static final String PSTN = "RFC 3398 §8.2.6.1";

    private Facts() {}

    /// Heading to its facts, for each heading that has any.
    static Map<String, List<String>> of(Code code) {
        var facts = new LinkedHashMap<String, List<String>>();
        facts.put("Who acts", actors(code));
        facts.put("What must come with it", company(code));
        facts.put("What it does", effects(code));
        facts.put("Retry", retry(code));
        facts.put("Q.850 and HTTP", counterparts(code));
        facts.put("Not to be confused with", confusions(code));
        return facts;
    }

    private static List<String> actors(Code code) {
        return List.of(
                "Sent by " + Phrases.senders(code) + ".",
                "Next to act: " + Phrases.actors(code) + ".");
    }

    private static List<String> company(Code code) {
        var facts = new ArrayList<String>();
        needs("Must", code.must(), facts);
        needs("Should", code.should(), facts);
        needs("May", code.may(), facts);
        return facts.isEmpty() ? List.of("Nothing beyond what every response carries.") : facts;
    }

    private static void needs(String label, List<HeaderNeed> needs, List<String> facts) {
        if (needs.isEmpty()) return;
        facts.add(
                needs.stream()
                        .map(need -> need.words() + " (" + need.source() + ")")
                        .collect(joining("; ", label + ": ", ".")));
    }

    private static List<String> effects(Code code) {
        var facts = new ArrayList<String>();
        facts.add("Transaction: " + Phrases.transaction(code));
        facts.add("Dialog: " + Phrases.dialog(code));
        Phrases.subscription(code).ifPresent(words -> facts.add("Subscription: " + words));
        return facts;
    }

    private static List<String> retry(Code code) {
        var facts = new ArrayList<String>();
        facts.add(code.retry().answer() + ".");
        if (!code.retryAfter().isEmpty())
            facts.add("`Retry-After` in it: " + Words.lower(code.retryAfter()) + ".");
        return facts;
    }

    private static List<String> counterparts(Code code) {
        var facts = new ArrayList<String>();
        facts.add(
                code.cause()
                        .map(cause ->
                                "Towards the PSTN: cause %d, %s, location %s (%s)."
                                        .formatted(
                                                cause.number(),
                                                Words.lower(cause.name()),
                                                cause.location(),
                                                code.codeClass() == CodeClass.REDIRECTION
                                                        ? "RFC 3398 §8.2.5"
                                                        : PSTN))
                        .orElse("Towards the PSTN: no cause."));
        if (!code.causes().isEmpty()) {
            var numbers = code.causes().stream().map(String::valueOf).toList();
            facts.add(
                    "From the PSTN: cause %s (RFC 3398 §7.2.4.1)."
                            .formatted(Words.list(numbers, "or")));
        }
        if (!code.inField().isEmpty())
            facts.add("Products send other causes: " + Words.list(code.inField(), "and") + ".");
        facts.add(code.http().map(Facts::http).orElse("HTTP: no counterpart."));
        return facts;
    }

    private static String http(Code.Http http) {
        return switch (http.relation()) {
            case "same" -> "HTTP: " + http.code() + " means the same.";
            case "near" -> "HTTP: " + http.code() + " is near to it.";
            default -> "HTTP: " + http.code() + " has the number and another meaning.";
        };
    }

    private static List<String> confusions(Code code) {
        return Pairs.with(code).entrySet().stream()
                .map(one ->
                        "**%s**: %s"
                                .formatted(
                                        one.getKey().title(), Words.firstSentence(one.getValue())))
                .toList();
    }
}
