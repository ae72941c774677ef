// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/// What a client and its server share: HA1, the hash of user, realm and password (RFC 7616 §3.4.2).
/// Never printed.
public final class DigestSecret {
    private final String ha1;

    private DigestSecret(String ha1) {
        this.ha1 = ha1;
    }

    /// @param password its octets as they are hashed: UTF-8 text, or the raw RES of AKA (RFC 3310
    ///   §3.3)
    public static DigestSecret of(
            DigestAlgorithm algorithm, String user, String realm, byte[] password) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes((user + ":" + realm + ":").getBytes(UTF_8));
        octets.writeBytes(password);
        return new DigestSecret(algorithm.hex(octets.toByteArray()));
    }

    public static DigestSecret of(
            DigestAlgorithm algorithm, String user, String realm, String password) {
        return of(algorithm, user, realm, password.getBytes(UTF_8));
    }

    /// @param hex HA1 itself, as a server stores it
    public static DigestSecret ofHa1(String hex) {
        return new DigestSecret(hex);
    }

    String ha1() {
        return ha1;
    }

    @Override
    public String toString() {
        return "***";
    }
}
