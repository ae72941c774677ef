// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.function.Supplier;

/// What practice is when it commits a fault.
public enum Party {
    TRANSFEREE("the transferee", "gets a REFER and calls the target"),
    TRANSFEROR("the transferor", "calls, or is called, and sends a REFER"),
    TARGET("the target", "is called because of a REFER"),
    REGISTRAR("the registrar", "takes REGISTER, and asks for credentials"),
    TRUNK("the trunk", "takes calls"),
    CALLER("the caller", "calls you"),
    MIDDLEBOX("the middlebox", "stands between you and somebody else");

    private final String words;
    private final String says;

    Party(String words, String says) {
        this.words = words;
        this.says = says;
    }

    /// Such as `the transferee`.
    public String words() {
        return words;
    }

    /// What it does, as a clause.
    public String says() {
        return says;
    }

    Fault commits(String name, Occasion occasion, String says, Supplier<Mischief> mischief) {
        return new Fault(name, this, occasion, false, says, mischief);
    }

    /// Something right that is rare, at which weak clients commit the fault.
    Fault lures(String name, Occasion occasion, String says, Supplier<Mischief> mischief) {
        return new Fault(name, this, occasion, true, says, mischief);
    }
}
