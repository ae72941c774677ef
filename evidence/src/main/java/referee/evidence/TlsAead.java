// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-GCM and ChaCha20-Poly1305, of TLS 1.2 (RFC 5288 §3, RFC 7905 §2) and TLS 1.3 (RFC 8446 §5.2,
/// §5.3).
final class TlsAead implements TlsCipher {
    private static final int TAG = 16;
    private static final int NONCE = 12;
    private static final int EXPLICIT = 8;

    private final TlsSuite suite;
    private final byte[] key;
    private final byte[] iv;
    private final boolean is13;

    TlsAead(TlsSuite suite, byte[] key, byte[] iv, boolean is13) {
        this.suite = suite;
        this.key = key;
        this.iv = iv;
        this.is13 = is13;
    }

    @Override
    public Optional<Plain> open(TlsRecord sealed, long sequence) {
        var explicit = iv.length == NONCE ? 0 : EXPLICIT;
        var length = sealed.length() - explicit - TAG;
        if (length < 0) return Optional.empty();
        var from = sealed.from() + explicit;
        var additional =
                is13
                        ? header(sealed)
                        : additional(sealed.type(), sealed.version(), length, sequence);
        try {
            var cipher = cipher(nonce(sealed, sequence));
            cipher.updateAAD(additional);
            var plain = cipher.doFinal(sealed.bytes(), from, sealed.to() - from);
            return is13 ? inner(plain) : Optional.of(new Plain(sealed.type(), plain));
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(byte[] nonce) throws GeneralSecurityException {
        var gcm = suite.kind() == TlsSuite.Kind.GCM;
        var cipher = Cipher.getInstance(gcm ? "AES/GCM/NoPadding" : "ChaCha20-Poly1305");
        cipher.init(
                Cipher.DECRYPT_MODE,
                new SecretKeySpec(key, gcm ? "AES" : "ChaCha20"),
                gcm ? new GCMParameterSpec(TAG * 8, nonce) : new IvParameterSpec(nonce));
        return cipher;
    }

    private byte[] nonce(TlsRecord sealed, long sequence) {
        if (iv.length < NONCE)
            return ByteBuffer.allocate(NONCE)
                    .put(iv)
                    .put(sealed.bytes(), sealed.from(), EXPLICIT)
                    .array();
        var nonce = iv.clone();
        for (var i = 0; i < 8; i++) nonce[NONCE - 1 - i] ^= (byte) (sequence >>> 8 * i);
        return nonce;
    }

    private static byte[] header(TlsRecord sealed) {
        var bytes = sealed.bytes();
        return Arrays.copyOfRange(bytes, sealed.from() - TlsRecord.HEADER, sealed.from());
    }

    /// Number, type, version and length (RFC 5246 §6.2.3.3).
    static byte[] additional(int type, int version, int length, long sequence) {
        return ByteBuffer.allocate(13)
                .putLong(sequence)
                .put((byte) type)
                .putShort((short) version)
                .putShort((short) length)
                .array();
    }

    /// Content, its type, and zeros (RFC 8446 §5.4).
    private static Optional<Plain> inner(byte[] plain) {
        var end = plain.length;
        while (end > 0 && plain[end - 1] == 0) end--;
        if (end == 0) return Optional.empty();
        return Optional.of(new Plain(plain[end - 1], Arrays.copyOf(plain, end - 1)));
    }
}
