// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-CBC with HMAC of TLS 1.2 (RFC 5246 §6.2.3.2), the HMAC inside or, if that was agreed upon,
/// outside (RFC 7366 §3).
final class TlsCbc implements TlsCipher {
    private static final int BLOCK = 16;

    private final TlsSuite suite;
    private final byte[] key;
    private final byte[] macKey;
    private final boolean encryptThenMac;

    TlsCbc(TlsSuite suite, byte[] key, byte[] macKey, boolean encryptThenMac) {
        this.suite = suite;
        this.key = key;
        this.macKey = macKey;
        this.encryptThenMac = encryptThenMac;
    }

    @Override
    public Optional<Plain> open(TlsRecord sealed, long sequence) {
        try {
            return encryptThenMac ? outside(sealed, sequence) : inside(sealed, sequence);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Optional<Plain> outside(TlsRecord sealed, long sequence)
            throws GeneralSecurityException {
        var end = sealed.to() - suite.macLength();
        if (end - sealed.from() < 2 * BLOCK) return Optional.empty();
        var protectedPart = Arrays.copyOfRange(sealed.bytes(), sealed.from(), end);
        if (!hasMac(sealed, sequence, protectedPart, sealed.bytes(), end)) return Optional.empty();
        var plain = decrypt(sealed.bytes(), sealed.from(), end);
        return content(plain, 0)
                .map(length -> new Plain(sealed.type(), Arrays.copyOf(plain, length)));
    }

    private Optional<Plain> inside(TlsRecord sealed, long sequence)
            throws GeneralSecurityException {
        if (sealed.length() < 2 * BLOCK) return Optional.empty();
        var plain = decrypt(sealed.bytes(), sealed.from(), sealed.to());
        var length = content(plain, suite.macLength());
        if (length.isEmpty()) return Optional.empty();
        var bytes = Arrays.copyOf(plain, length.get());
        if (!hasMac(sealed, sequence, bytes, plain, bytes.length)) return Optional.empty();
        return Optional.of(new Plain(sealed.type(), bytes));
    }

    /// How much is left without padding and this many octets before it.
    private static Optional<Integer> content(byte[] plain, int mac) {
        var padding = Octets.u8(plain, plain.length - 1) + 1;
        var length = plain.length - padding - mac;
        return length < 0 ? Optional.empty() : Optional.of(length);
    }

    private byte[] decrypt(byte[] bytes, int from, int to) throws GeneralSecurityException {
        var cipher = Cipher.getInstance("AES/CBC/NoPadding");
        var iv = new IvParameterSpec(bytes, from, BLOCK);
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(key, "AES"), iv);
        return cipher.doFinal(bytes, from + BLOCK, to - from - BLOCK);
    }

    private boolean hasMac(
            TlsRecord sealed, long sequence, byte[] covered, byte[] bytes, int macFrom)
            throws GeneralSecurityException {
        var head = TlsAead.additional(sealed.type(), sealed.version(), covered.length, sequence);
        var mac = TlsKeys.hmac(suite.mac(), macKey, TlsKeys.join(head, covered));
        var there = Arrays.copyOfRange(bytes, macFrom, macFrom + suite.macLength());
        return MessageDigest.isEqual(mac, there);
    }
}
