// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/// A hash of Digest authentication, with or without session (RFC 7616 §3.2, RFC 8760 §2.1;
/// AKAv1-MD5 of RFC 3310).
public enum DigestAlgorithm {
    MD5("MD5", "MD5", false),
    MD5_SESS("MD5-sess", "MD5", true),
    SHA_256("SHA-256", "SHA-256", false),
    SHA_256_SESS("SHA-256-sess", "SHA-256", true),
    /// SHA-512/256 with its own initial values, not the first half of SHA-512 (RFC 8760 §2.2).
    SHA_512_256("SHA-512-256", "SHA-512/256", false),
    SHA_512_256_SESS("SHA-512-256-sess", "SHA-512/256", true),
    /// MD5 with the octets of RES for a password (RFC 3310 §3.3).
    AKA_V1_MD5("AKAv1-MD5", "MD5", false);

    private final String word;
    private final String hash;
    private final boolean session;

    DigestAlgorithm(String word, String hash, boolean session) {
        this.word = word;
        this.hash = hash;
        this.session = session;
    }

    /// As an `algorithm` parameter says it.
    public String word() {
        return word;
    }

    public boolean isSession() {
        return session;
    }

    /// How many hex digits a response has: 32 or 64.
    public int responseDigits() {
        return hash.equals("MD5") ? 32 : 64;
    }

    /// The algorithm of this name, case apart; empty for one that is not known here.
    public static Optional<DigestAlgorithm> of(String word) {
        for (var algorithm : values()) {
            if (algorithm.word.equalsIgnoreCase(word)) return Optional.of(algorithm);
        }
        return Optional.empty();
    }

    /// The hash of these octets in lower-case hex.
    String hex(byte[] octets) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(hash).digest(octets));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no " + hash, e);
        }
    }

    String hex(String text) {
        return hex(text.getBytes(StandardCharsets.UTF_8));
    }
}
