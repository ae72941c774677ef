// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;

/// Opens the records of one direction, one behind the other. When one does not open, the keys may
/// have changed, or records may be missing: the next secret, the secret after a KeyUpdate, and
/// record numbers further on are tried.
final class TlsOpener {
    private static final int MOST_MISSING = 1024;
    private static final int SMALLEST_RECORD = 22;

    private final TlsSuite suite;
    private final List<byte[]> secrets;
    private TlsCipher cipher;
    private int used;
    private byte[] secret;
    private long sequence;
    private int missing;

    /// @param secrets of TLS 1.3, in the order in which they are used; none for TLS 1.2
    TlsOpener(TlsSuite suite, TlsCipher first, List<byte[]> secrets) {
        this.suite = suite;
        this.cipher = first;
        this.secrets = secrets;
        this.secret = secrets.isEmpty() ? new byte[0] : secrets.getFirst();
    }

    /// So many octets of the stream are missing.
    void lost(int octets) {
        missing = Math.min(MOST_MISSING, missing + octets / SMALLEST_RECORD + 1);
    }

    Optional<TlsCipher.Plain> open(TlsRecord sealed) {
        var plain = cipher.open(sealed, sequence);
        if (plain.isEmpty()) plain = further(sealed);
        if (plain.isEmpty()) plain = changed(sealed);
        if (plain.isEmpty()) return plain;
        sequence++;
        missing = 0;
        return plain;
    }

    private Optional<TlsCipher.Plain> further(TlsRecord sealed) {
        for (var over = 1; over <= missing; over++) {
            var plain = cipher.open(sealed, sequence + over);
            if (plain.isEmpty()) continue;
            sequence += over;
            return plain;
        }
        return Optional.empty();
    }

    private Optional<TlsCipher.Plain> changed(TlsRecord sealed) {
        if (secrets.isEmpty()) return Optional.empty();
        try {
            for (var i = used + 1; i < secrets.size(); i++) {
                var plain = under(secrets.get(i), sealed);
                if (plain.isEmpty()) continue;
                used = i;
                return plain;
            }
            return under(TlsKeys.next(suite, secret), sealed);
        } catch (GeneralSecurityException e) {
            return Optional.empty();
        }
    }

    private Optional<TlsCipher.Plain> under(byte[] other, TlsRecord sealed)
            throws GeneralSecurityException {
        var next = TlsKeys.traffic(suite, other);
        for (var number = 0; number <= missing; number++) {
            var plain = next.open(sealed, number);
            if (plain.isEmpty()) continue;
            cipher = next;
            secret = other;
            sequence = number;
            return plain;
        }
        return Optional.empty();
    }
}
