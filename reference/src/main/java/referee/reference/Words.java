// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.List;
import java.util.Locale;

/// How lists and sentences are written.
final class Words {
    private Words() {}

    /// `a, b and c`; with `or` as the last joint: `a, b or c`.
    static String list(List<String> parts, String joint) {
        if (parts.size() < 2) return String.join("", parts);
        var head = parts.subList(0, parts.size() - 1);
        return String.join(", ", head) + " " + joint + " " + parts.getLast();
    }

    static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /// With the article it takes when it is read aloud: `a UAS`, `an edge proxy`.
    static String article(String noun) {
        if (noun.startsWith("the ")) return noun;
        var vowel = "aeio".indexOf(Character.toLowerCase(noun.charAt(0))) >= 0;
        return (vowel ? "an " : "a ") + noun;
    }

    /// With a full stop, unless one stands there.
    static String sentence(String text) {
        var capital = capital(text);
        return capital.endsWith(".") ? capital : capital + ".";
    }

    /// With a small first letter, unless the first word is an abbreviation.
    static String lower(String text) {
        if (text.length() < 2 || Character.isUpperCase(text.charAt(1))) return text;
        return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
    }

    /// Up to and with the first full stop that ends a sentence.
    static String firstSentence(String text) {
        var end = text.indexOf(". ");
        return end < 0 ? text : text.substring(0, end + 1);
    }
}
