// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.Optional;

/// The class of a response code: its first digit (RFC 3261 §7.2).
public enum CodeClass {
    PROVISIONAL(
            1,
            183,
            "a provisional answer",
            "provisional answers",
            "the request is still being worked on"),
    SUCCESS(2, 200, "a success", "successes", "the request was understood and accepted"),
    REDIRECTION(3, 300, "a redirection", "redirections", "the request has to go elsewhere"),
    REQUEST_FAILURE(
            4,
            400,
            "a refusal of the request",
            "refusals of the request",
            "changed, or at another server, it may succeed"),
    SERVER_FAILURE(
            5,
            500,
            "a failure of the server",
            "failures of the server",
            "the request may be fine and another server may do"),
    GLOBAL_FAILURE(
            6,
            600,
            "a refusal that holds everywhere",
            "refusals that hold everywhere",
            "no other server or device has to be tried");

    private final int digit;
    private final int general;
    private final String noun;
    private final String plural;
    private final String says;

    CodeClass(int digit, int general, String noun, String plural, String says) {
        this.digit = digit;
        this.general = general;
        this.noun = noun;
        this.plural = plural;
        this.says = says;
    }

    /// The class of a code, empty unless it is 100 to 699.
    public static Optional<CodeClass> of(int code) {
        for (var one : values()) {
            if (one.digit == code / 100) return Optional.of(one);
        }
        return Optional.empty();
    }

    /// As it is written: `4xx`.
    public String word() {
        return digit + "xx";
    }

    /// The code that an unknown one of this class is treated as (RFC 3261 §8.1.3.2).
    public int general() {
        return general;
    }

    /// What an answer of this class is, such as `a success`.
    public String noun() {
        return noun;
    }

    /// What answers of this class are, such as `successes`.
    String plural() {
        return plural;
    }

    /// What every answer of this class says.
    public String says() {
        return says;
    }

    public boolean isFinal() {
        return this != PROVISIONAL;
    }
}
