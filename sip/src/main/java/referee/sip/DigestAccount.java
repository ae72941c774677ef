// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Optional;

/// A user and its password. The password is never printed.
public final class DigestAccount {
    private final String user;
    private final byte[] password;
    private final Optional<DigestSecret> known;

    private DigestAccount(String user, byte[] password) {
        this(user, password, Optional.empty());
    }

    private DigestAccount(String user, byte[] password, Optional<DigestSecret> known) {
        this.user = user;
        this.password = password;
        this.known = known;
    }

    public static DigestAccount of(String user, String password) {
        return new DigestAccount(user, password.getBytes(UTF_8));
    }

    /// @param password its octets as they are hashed, such as the raw RES of AKA (RFC 3310 §3.3)
    public static DigestAccount of(String user, byte[] password) {
        return new DigestAccount(user, password.clone());
    }

    /// Where only HA1 is known: of one realm, and of one hash.
    static DigestAccount of(String user, DigestSecret secret) {
        return new DigestAccount(user, new byte[0], Optional.of(secret));
    }

    public String user() {
        return user;
    }

    /// What this account shares with the server of this realm.
    public DigestSecret secret(DigestAlgorithm algorithm, String realm) {
        return known.orElseGet(() -> DigestSecret.of(algorithm, user, realm, password));
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
