// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.List;

/// The names of the registered methods. A method is a case-sensitive token (RFC 3261 §7.1).
public final class Methods {
    public static final String INVITE = "INVITE";
    public static final String ACK = "ACK";
    public static final String BYE = "BYE";
    public static final String CANCEL = "CANCEL";
    public static final String REGISTER = "REGISTER";
    public static final String OPTIONS = "OPTIONS";
    public static final String PRACK = "PRACK";
    public static final String SUBSCRIBE = "SUBSCRIBE";
    public static final String NOTIFY = "NOTIFY";
    public static final String PUBLISH = "PUBLISH";
    public static final String INFO = "INFO";
    public static final String REFER = "REFER";
    public static final String MESSAGE = "MESSAGE";
    public static final String UPDATE = "UPDATE";

    public static final List<String> ALL =
            List.of(
                    INVITE, ACK, BYE, CANCEL, REGISTER, OPTIONS, PRACK, SUBSCRIBE, NOTIFY, PUBLISH,
                    INFO, REFER, MESSAGE, UPDATE);

    private Methods() {}

    /// The method as written; the known ones come back as the constants above, without a new
    /// string.
    public static String read(Slice token) {
        for (var known : ALL) {
            if (token.is(known)) return known;
        }
        return token.text();
    }
}
