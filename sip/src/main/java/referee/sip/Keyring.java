// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;

/// The accounts somebody offers so that digests can be recomputed; usually none.
///
/// @param keys in the order given
/// @param reveals whether the response that would have been right may be shown
public record Keyring(List<AccountKey> keys, boolean reveals) implements AutoCloseable {
    public static final Keyring EMPTY = new Keyring(List.of(), false);

    public Keyring {
        keys = List.copyOf(keys);
    }

    public boolean isEmpty() {
        return keys.isEmpty();
    }

    /// The accounts of this name in this realm; where there is none, those whose name differs in
    /// its form only: with a domain or without. Hashed names are found as well.
    public List<AccountKey> of(Credentials credentials) {
        var realm = credentials.realm().orElse("");
        var name = credentials.username().orElse("");
        if (keys.isEmpty() || name.isEmpty()) return List.of();
        var exact = new ArrayList<AccountKey>(1);
        var akin = new ArrayList<AccountKey>(1);
        for (var key : keys) {
            if (!key.isFor(realm)) continue;
            if (isNamed(name, key, credentials)) exact.add(key);
            else if (bare(name).equals(bare(key.user()))) akin.add(key);
        }
        return exact.isEmpty() ? akin : exact;
    }

    /// Forgets the passwords.
    @Override
    public void close() {
        keys.forEach(AccountKey::close);
    }

    private static boolean isNamed(String name, AccountKey key, Credentials credentials) {
        if (!credentials.isUserhash()) return name.equals(key.user());
        return DigestAlgorithm.of(credentials.algorithm())
                .map(one -> Digest.userhash(one, key.user(), credentials.realm().orElse("")))
                .filter(name::equals)
                .isPresent();
    }

    /// The user part alone: no scheme, no domain.
    static String bare(String name) {
        var from = name.startsWith("sip:") ? 4 : 0;
        var at = name.indexOf('@', from);
        return name.substring(from, at < 0 ? name.length() : at);
    }

    @Override
    public String toString() {
        return keys.toString();
    }
}
