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
        return NameAddr.read(value, "contact", "RFC 3261 §20.10")
                .map(address -> new Contact(Optional.of(address)));
    }

    public boolean isStar() {
        return address.isEmpty();
    }

    /// The seconds of its `expires` parameter, where there is a readable one.
    public Optional<Long> expires() {
        return param("expires")
                .map(param -> param.value().number())
                .filter(seconds -> seconds >= 0);
    }

    /// Its `q` parameter in thousandths, 0 to 1000, where there is a readable one (RFC 3261 §25.1,
    /// qvalue).
    public Optional<Integer> q() {
        return param("q").map(param -> thousandths(param.value())).filter(q -> q >= 0);
    }

    private Optional<Params.Param> param(String name) {
        return address.flatMap(one -> one.params().get(name));
    }

    /// @return -1 for what is no qvalue
    static int thousandths(Slice q) {
        if (q.isEmpty() || q.length() > 5 || q.at(0) != '0' && q.at(0) != '1') return -1;
        if (q.length() > 1 && q.at(1) != '.') return -1;
        var value = q.at(0) - '0';
        for (var i = 2; i < 5; i++) {
            var digit = i < q.length() ? q.at(i) - '0' : 0;
            if (digit < 0 || digit > 9) return -1;
            value = value * 10 + digit;
        }
        return value > 1000 ? -1 : value;
    }
}
