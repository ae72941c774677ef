// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

/// A user and its password. The password is never printed.
public final class DigestAccount {
    private final String user;
    private final byte[] password;

    private DigestAccount(String user, byte[] password) {
        this.user = user;
        this.password = password;
    }

    public static DigestAccount of(String user, String password) {
        return new DigestAccount(user, password.getBytes(UTF_8));
    }

    /// @param password its octets as they are hashed, such as the raw RES of AKA (RFC 3310 §3.3)
    public static DigestAccount of(String user, byte[] password) {
        return new DigestAccount(user, password.clone());
    }

    public String user() {
        return user;
    }

    /// What this account shares with the server of this realm.
    public DigestSecret secret(DigestAlgorithm algorithm, String realm) {
        return DigestSecret.of(algorithm, user, realm, password);
    }

    @Override
    public String toString() {
        return user + ":***";
    }
}
