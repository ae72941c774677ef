// SPDX-License-Identifier: Apache-2.0
package referee.reference;

/// What a response does to the dialog it is received in (RFC 5057 §5.1).
public enum Effect {
    /// Provisional or successful.
    NONE("none", "fails nothing"),
    TRANSACTION("transaction", "fails only its transaction: call and subscription go on"),
    USAGE(
            "usage",
            "ends the usage it came in, the call or the subscription; the dialog ends with its last usage"),
    DIALOG("dialog", "ends the dialog with all that is in it"),
    REDIRECT("redirect", "touches the whole dialog; what exactly is poorly defined");

    private final String word;
    private final String does;

    Effect(String word, String does) {
        this.word = word;
        this.does = does;
    }

    static Effect of(String word) {
        for (var one : values()) {
            if (one.word.equals(word)) return one;
        }
        throw new IllegalArgumentException("no effect " + word);
    }

    public String word() {
        return word;
    }

    /// A clause without its subject, such as `ends the dialog with all that is in it`.
    public String does() {
        return does;
    }
}
