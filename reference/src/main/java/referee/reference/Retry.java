// SPDX-License-Identifier: Apache-2.0
package referee.reference;

/// Whether a refused request may be sent again.
public enum Retry {
    /// The request was not refused.
    NOT_NEEDED("", "Nothing to retry"),
    NO("no", "No"),
    AFTER_CHANGE("after a change", "Yes, after a change"),
    AFTER_DELAY("after a delay", "Yes, after a while"),
    ELSEWHERE("elsewhere", "Yes, elsewhere"),
    AT_CONTACT("at the Contact", "Yes, at the Contact given"),
    BY_DECISION("as a person decides", "Only if a person decides to");

    private final String word;
    private final String answer;

    Retry(String word, String answer) {
        this.word = word;
        this.answer = answer;
    }

    static Retry of(String word) {
        for (var one : values()) {
            if (one.word.equals(word)) return one;
        }
        throw new IllegalArgumentException("no retry " + word);
    }

    /// Such as `after a change`; empty where there is nothing to retry.
    public String word() {
        return word;
    }

    /// The answer to "may I send it again?".
    public String answer() {
        return answer;
    }
}
