// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// A fault of the catalogue that practice can commit, or into which it lures a weak client by
/// something that is right but rare.
public final class Fault {
    private final String name;
    private final Party party;
    private final Occasion occasion;
    private final boolean lure;
    private final String says;
    private final Supplier<Mischief> mischief;

    Fault(
            String name,
            Party party,
            Occasion occasion,
            boolean lure,
            String says,
            Supplier<Mischief> mischief) {
        this.name = name;
        this.party = party;
        this.occasion = occasion;
        this.lure = lure;
        this.says = says;
        this.mischief = mischief;
    }

    /// Every one, in the order of who commits it.
    public static List<Fault> all() {
        return Faults.ALL;
    }

    /// @param name such as `refer-no-notify`, or `invite-no-response/after-100` for another way to
    ///   commit the same
    public static Optional<Fault> of(String name) {
        return all().stream().filter(fault -> fault.name.equals(name)).findFirst();
    }

    /// Its id in the catalogue, and behind a slash the way it is committed where there are several.
    public String name() {
        return name;
    }

    /// Its id in the catalogue: what the diagnosis calls it.
    public String id() {
        var slash = name.indexOf('/');
        return slash < 0 ? name : name.substring(0, slash);
    }

    /// What practice is when it does it.
    public Party party() {
        return party;
    }

    /// What the client does for it to happen.
    public Occasion occasion() {
        return occasion;
    }

    /// Whether what practice does is right but rare, and only a weak client commits the fault.
    public boolean isLure() {
        return lure;
    }

    /// What practice does, as a clause.
    public String says() {
        return says;
    }

    Mischief mischief() {
        return mischief.get();
    }

    @Override
    public String toString() {
        return name;
    }
}
