// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import referee.reference.Code;
import referee.reference.CodeClass;
import referee.reference.Codes;
import referee.reference.Search;
import referee.reference.Terms;
import referee.reference.Topic;
import referee.rules.Page;
import referee.rules.Pages;

/// Everything that can be looked up: response codes, faults, and the rest of the language.
public final class Topics {
    private static final Pattern STATUS =
            Pattern.compile("(?i)(?:SIP/2\\.0\\s+)?([1-6][0-9]{2})(?:\\s.*)?");
    private static final Pattern CLASS = Pattern.compile("([1-6])[xX]{2}");
    private static final Pattern REASON =
            Pattern.compile(
                    "(?i)(?:Reason:\\s*)?(SIP|Q\\.?850)\\s*;\\s*cause\\s*=\\s*([0-9]{1,3}).*");

    private Topics() {}

    /// Codes by number, faults by family, then the rest by kind.
    public static List<Topic> all() {
        var all = new ArrayList<Topic>();
        for (var code : Codes.all()) all.add(Topic.of(code));
        for (var page : Pages.all()) all.add(page.topic());
        for (var term : Terms.all()) all.add(Topic.of(term));
        return all;
    }

    /// What these words may name, the likeliest first: `401`, `SIP/2.0 401 Unauthorized`,
    /// `unauthorized`, `4xx`, `refer-no-notify`, `REFER`, `warning 305`, `Q.850;cause=17` ...
    public static List<Topic> named(String words) {
        var asked = words.strip();
        var found = new LinkedHashSet<Topic>();
        reason(asked).ifPresent(found::addAll);
        status(asked).ifPresent(found::add);
        ofClass(asked).ifPresent(found::add);
        Pages.of(asked.toLowerCase(Locale.ROOT)).map(Page::topic).ifPresent(found::add);
        for (var code : Codes.all()) {
            var named =
                    code.name().equalsIgnoreCase(asked)
                            || code.alsoCalled().stream().anyMatch(asked::equalsIgnoreCase);
            if (named) found.add(Topic.of(code));
        }
        for (var term : Terms.named(asked)) found.add(Topic.of(term));
        return List.copyOf(found);
    }

    /// By words, best first.
    public static List<Topic> search(String words) {
        return new Search(all()).find(words);
    }

    private static Optional<List<Topic>> reason(String asked) {
        var matcher = REASON.matcher(asked);
        if (!matcher.matches()) return Optional.empty();
        return matcher.group(1).equalsIgnoreCase("SIP")
                ? status(matcher.group(2)).map(List::of)
                : Optional.of(
                        Terms.named("cause " + matcher.group(2)).stream().map(Topic::of).toList());
    }

    private static Optional<Topic> status(String asked) {
        var matcher = STATUS.matcher(asked);
        if (!matcher.matches()) return Optional.empty();
        var number = Integer.parseInt(matcher.group(1));
        return Optional.of(Codes.of(number).map(Topic::of).orElseGet(() -> unknown(number)));
    }

    private static Topic unknown(int number) {
        var general = Codes.orGeneral(number).orElseThrow();
        var codeClass = general.codeClass();
        var summary =
                "%d is not a known response code; a client treats it as %s."
                        .formatted(number, general.title());
        var inside =
                Terms.named("internal code " + number).stream()
                        .map(term ->
                                "\n"
                                        + term.summary()
                                        + " On the wire: "
                                        + term.facts().get("On the wire")
                                        + ".\n")
                        .collect(joining());
        var text =
                """
                # %d

                %s
                %s
                Its class is %s, %s: %s. A client need not know every code, only its class (RFC 3261 §8.1.3.2). If a product sends this one, read its reason phrase and its documentation.

                ## Sources

                - RFC 3261 §8.1.3.2 — how unrecognised responses are treated
                """
                        .formatted(
                                number,
                                summary,
                                inside,
                                codeClass.word(),
                                codeClass.noun(),
                                codeClass.says());
        return new Topic("code", String.valueOf(number), String.valueOf(number), summary, text);
    }

    private static Optional<Topic> ofClass(String asked) {
        var matcher = CLASS.matcher(asked);
        if (!matcher.matches()) return Optional.empty();
        return CodeClass.of(100 * Integer.parseInt(matcher.group(1))).map(Topics::topic);
    }

    private static Topic topic(CodeClass codeClass) {
        var summary = "Each of them is %s: %s.".formatted(codeClass.noun(), codeClass.says());
        var list =
                Codes.of(codeClass).stream()
                        .map(code -> "- **%s**: %s\n".formatted(code.title(), code.says()))
                        .collect(joining());
        var text =
                """
                # %s

                %s An unknown one is treated as %s (RFC 3261 §8.1.3.2).

                ## Codes

                %s
                ## Sources

                - RFC 3261 §7.2 — the classes
                - RFC 3261 §21 — the codes
                """
                        .formatted(
                                codeClass.word(),
                                summary,
                                Codes.of(codeClass.general()).map(Code::title).orElseThrow(),
                                list);
        return new Topic("class", codeClass.word(), codeClass.word(), summary, text);
    }
}
