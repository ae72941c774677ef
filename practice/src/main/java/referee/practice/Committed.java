// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.Optional;
import java.util.regex.Pattern;
import referee.sip.SipMessage;

/// A fault that is to be committed, how often, and to whom.
///
/// @param probability 0 to 1, of each message that could set it off
/// @param method only where the request, or the request that is answered, has this method
/// @param user only where From or To names this user
public record Committed(
        Fault fault, double probability, Optional<String> method, Optional<String> user) {
    private static final Pattern FORM =
            Pattern.compile(
                    "([a-z0-9-]+(?:/[a-z0-9-]+)?)(?::([01](?:\\.[0-9]{1,6})?|\\.[0-9]{1,6}))?(?:@(.+))?");

    public Committed {
        if (!(probability >= 0 && probability <= 1))
            throw new IllegalArgumentException("a probability is 0 to 1, not " + probability);
    }

    public static Committed always(Fault fault) {
        return new Committed(fault, 1, Optional.empty(), Optional.empty());
    }

    /// Reads `NAME[:PROBABILITY][@METHOD|@USER]`; a method is in capitals.
    ///
    /// @throws IllegalArgumentException with a line for a person
    public static Committed parse(String text) {
        var form = FORM.matcher(text);
        if (!form.matches())
            throw new IllegalArgumentException(
                    text + " — is no fault — write NAME, NAME:0.5, NAME@METHOD or NAME@user");
        var fault =
                Fault.of(form.group(1))
                        .orElseThrow(() ->
                                new IllegalArgumentException(
                                        form.group(1)
                                                + " — is no fault that practice can commit — see"
                                                + " referee practice --list"));
        var odds = form.group(2) == null ? 1 : Double.parseDouble(form.group(2));
        var whom = Optional.ofNullable(form.group(3));
        var isMethod = whom.filter(one -> one.matches("[A-Z]+")).isPresent();
        return new Committed(
                fault,
                odds,
                isMethod ? whom : Optional.empty(),
                isMethod ? Optional.empty() : whom);
    }

    boolean concerns(SipMessage message) {
        return method.filter(one -> !one.equals(Written.method(message))).isEmpty()
                && user.filter(one -> !Written.names(message, one)).isEmpty();
    }
}
