// SPDX-License-Identifier: Apache-2.0
package referee.practice;

/// What a client has to do for a fault to be committed.
public enum Occasion {
    REGISTER("it registers"),
    OPTIONS("it sends OPTIONS"),
    CALL("it calls answer"),
    CANCEL("it calls ring, and cancels"),
    TRANSFER("it calls answer, and sends REFER"),
    ATTENDED("it calls answer twice, and joins the calls by REFER with Replaces"),
    TRANSFER_ME("it calls transfer-me, which sends REFER");

    private final String words;

    Occasion(String words) {
        this.words = words;
    }

    /// What the client does, as a clause.
    public String words() {
        return words;
    }
}
