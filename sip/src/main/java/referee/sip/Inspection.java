// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Everything that is wrong with one message, seen alone: what the parser noticed, every header
/// that cannot be read, and the rules between headers (RFC 3261 §8.1.1 and §8.2).
///
/// It says what is against an RFC, not what harm it does: many receivers live with many of these
/// flaws. What only a receiver's abilities decide, such as an option tag nobody knows, is none.
public final class Inspection {
    private static final int MAX_FLAWS = 200;

    private final List<Flaw> flaws = new ArrayList<>();
    private final Set<Place> places = new HashSet<>();

    private record Place(String code, int from, int to) {}

    private Inspection() {}

    /// @return the flaws in the order of their places, none twice, at most 200
    public static List<Flaw> of(SipMessage message) {
        var inspection = new Inspection();
        message.flaws().forEach(inspection::add);
        StartLineInspection.inspect(message, inspection);
        PresenceInspection.inspect(message, inspection);
        ValueInspection.inspect(message, inspection);
        AddressInspection.inspect(message, inspection);
        inspection.check(Sdp.of(message));
        inspection.flaws.sort(Comparator.comparingInt(flaw -> flaw.where().from()));
        return List.copyOf(inspection.flaws);
    }

    void add(String code, Slice where, String source) {
        add(new Flaw(code, where, source));
    }

    void add(Flaw flaw) {
        var place = new Place(flaw.code(), flaw.where().from(), flaw.where().to());
        if (flaws.size() < MAX_FLAWS && places.add(place)) flaws.add(flaw);
    }

    void check(Field<?> field) {
        if (field instanceof Field.Broken<?>(var flaw)) add(flaw);
    }
}
