// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// The Event header: which package a SUBSCRIBE or NOTIFY is about (RFC 6665 §8.2.1).
///
/// @param name the package, templates included, such as `refer` or `presence.winfo`
/// @param id tells subscriptions of the same package in one dialog apart
public record Event(String name, Optional<String> id, Params params) {
    public static final HeaderKind<Event> KIND = HeaderKind.single(HeaderName.EVENT, Event::read);

    static Field<Event> read(Slice value) {
        var cursor = new Cursor(value);
        var name = cursor.token();
        var params = Params.read(cursor);
        if (name.isEmpty() || params.isEmpty())
            return Field.broken("event-form", value, "RFC 6665 §8.4");
        return Field.of(new Event(name.text(), params.get().text("id"), params.get()));
    }

    /// Whether it is the package of REFER (RFC 3515 §3).
    public boolean isRefer() {
        return name.equalsIgnoreCase("refer");
    }
}
