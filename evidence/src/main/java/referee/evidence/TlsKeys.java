// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// Keys out of secrets: the PRF of TLS 1.2 (RFC 5246 §5) and HKDF-Expand-Label of TLS 1.3 (RFC 8446
/// §7.1).
final class TlsKeys {
    private TlsKeys() {}

    /// The keys that protect what the client and what the server sends (RFC 5246 §6.3).
    static TlsCipher[] expand(
            TlsSuite suite, byte[] master, byte[] client, byte[] server, boolean encryptThenMac)
            throws GeneralSecurityException {
        var mac = suite.macLength();
        var key = suite.keyLength();
        var iv = suite.fixedIv();
        var seed = join("key expansion".getBytes(US_ASCII), server, client);
        var block = ByteBuffer.wrap(prf(suite.hash(), master, seed, 2 * (mac + key + iv)));
        var macs = new byte[][] {take(block, mac), take(block, mac)};
        var keys = new byte[][] {take(block, key), take(block, key)};
        var ivs = new byte[][] {take(block, iv), take(block, iv)};
        var ciphers = new TlsCipher[2];
        for (var i = 0; i < 2; i++) {
            ciphers[i] =
                    suite.kind() == TlsSuite.Kind.CBC
                            ? new TlsCbc(suite, keys[i], macs[i], encryptThenMac)
                            : new TlsAead(suite, keys[i], ivs[i], false);
        }
        return ciphers;
    }

    /// RFC 8446 §7.3.
    static TlsCipher traffic(TlsSuite suite, byte[] secret) throws GeneralSecurityException {
        var key = expandLabel(suite, secret, "key", suite.keyLength());
        var iv = expandLabel(suite, secret, "iv", 12);
        return new TlsAead(suite, key, iv, true);
    }

    /// The secret after a KeyUpdate (RFC 8446 §7.2).
    static byte[] next(TlsSuite suite, byte[] secret) throws GeneralSecurityException {
        return expandLabel(suite, secret, "traffic upd", suite.hashLength());
    }

    private static byte[] expandLabel(TlsSuite suite, byte[] secret, String label, int length)
            throws GeneralSecurityException {
        var name = ("tls13 " + label).getBytes(US_ASCII);
        var info = ByteBuffer.allocate(4 + name.length);
        info.putShort((short) length).put((byte) name.length).put(name).put((byte) 0);
        return expand(suite.hash(), secret, info.array(), length);
    }

    /// HKDF-Expand (RFC 5869 §2.3).
    private static byte[] expand(String hash, byte[] secret, byte[] info, int length)
            throws GeneralSecurityException {
        var out = new byte[0];
        var last = new byte[0];
        for (var i = 1; out.length < length; i++) {
            last = hmac(hash, secret, join(last, info, new byte[] {(byte) i}));
            out = join(out, last);
        }
        return Arrays.copyOf(out, length);
    }

    private static byte[] prf(String hash, byte[] secret, byte[] seed, int length)
            throws GeneralSecurityException {
        var out = new byte[0];
        for (var a = seed; out.length < length; ) {
            a = hmac(hash, secret, a);
            out = join(out, hmac(hash, secret, join(a, seed)));
        }
        return Arrays.copyOf(out, length);
    }

    static byte[] hmac(String algorithm, byte[] key, byte[] data) throws GeneralSecurityException {
        var mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(key, algorithm));
        return mac.doFinal(data);
    }

    private static byte[] take(ByteBuffer block, int length) {
        var taken = new byte[length];
        block.get(taken);
        return taken;
    }

    static byte[] join(byte[]... parts) {
        var length = 0;
        for (var part : parts) length += part.length;
        var joined = ByteBuffer.allocate(length);
        for (var part : parts) joined.put(part);
        return joined.array();
    }
}
