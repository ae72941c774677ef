// SPDX-License-Identifier: Apache-2.0
package referee.practice;

/// What a client has to do for a fault to be committed.
public enum Occasion {
    REGISTER("it registers"),
    OPTIONS("it sends OPTIONS"),
    CALL("it calls answer"),
    CANCEL("it calls ring, and cancels"),
    HOLD("it calls answer, and holds the call"),
    TRANSFER("it calls answer, and sends REFER"),
    ATTENDED("it calls answer twice, and joins the calls by REFER with Replaces"),
    TRANSFER_ME("it calls transfer-me, which sends REFER"),
    ATTEND_ME("it calls attend-me, which calls somebody else and sends REFER with Replaces"),
    CALL_ME("it calls call-me, which calls back"),
    BRIDGED("it calls somebody who is registered"),
    BRIDGED_TRANSFER("it calls somebody who is registered, and sends REFER"),
    BRIDGED_ATTENDED("it calls two who are registered, and joins them by REFER with Replaces");

    private final String words;

    Occasion(String words) {
        this.words = words;
    }

    /// What the client does, as a clause.
    public String words() {
        return words;
    }
}
