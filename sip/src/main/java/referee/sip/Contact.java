// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// One Contact value: where somebody can be reached (RFC 3261 §8.1.1.8 and §20.10).
///
/// @param address empty for `*`, which stands for every binding in a REGISTER (RFC 3261 §10.2.2)
public record Contact(Optional<NameAddr> address) {
    public static final HeaderKind<Contact> KIND =
            HeaderKind.list(HeaderName.CONTACT, Contact::read);

    static Field<Contact> read(Slice value) {
        if (value.is("*")) return Field.of(new Contact(Optional.empty()));
        return switch (NameAddr.read(value, "contact-form", "RFC 3261 §20.10")) {
            case Field.Present<NameAddr>(var address) ->
                    Field.of(new Contact(Optional.of(address)));
            case Field.Absent<NameAddr> _ -> new Field.Absent<>();
            case Field.Broken<NameAddr>(var flaw) -> new Field.Broken<>(flaw);
        };
    }

    public boolean isStar() {
        return address.isEmpty();
    }

    /// The seconds of its `expires` parameter, where there is a readable one.
    public Optional<Long> expires() {
        return address.flatMap(one -> one.params().get("expires"))
                .map(param -> param.value().number())
                .filter(seconds -> seconds >= 0);
    }
}
