// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.Optional;

/// What the records of a cipher suite are protected with.
///
/// @param hash of the key derivation, as the JDK's HMACs call it
/// @param mac of records in CBC mode; empty for AEAD
record TlsSuite(Kind kind, int keyLength, String hash, String mac, int macLength) {
    enum Kind {
        GCM,
        CHACHA,
        CBC
    }

    private static final String SHA1 = "HmacSHA1";
    private static final String SHA256 = "HmacSHA256";
    private static final String SHA384 = "HmacSHA384";

    /// By its number in IANA's registry; empty for those that are not read here.
    static Optional<TlsSuite> of(int number) {
        return Optional.ofNullable(
                switch (number) {
                    case 0x1301,
                            0x009c,
                            0x009e,
                            0x00a2,
                            0x00a8,
                            0x00aa,
                            0xc02b,
                            0xc02d,
                            0xc02f,
                            0xc031 ->
                            aead(Kind.GCM, 16, SHA256);
                    case 0x1302,
                            0x009d,
                            0x009f,
                            0x00a3,
                            0x00a9,
                            0x00ab,
                            0xc02c,
                            0xc02e,
                            0xc030,
                            0xc032 ->
                            aead(Kind.GCM, 32, SHA384);
                    case 0x1303, 0xcca8, 0xcca9, 0xccaa, 0xccab, 0xccac, 0xccad ->
                            aead(Kind.CHACHA, 32, SHA256);
                    case 0x002f, 0x0032, 0x0033, 0x008c, 0xc004, 0xc009, 0xc00e, 0xc013 ->
                            cbc(16, SHA256, SHA1, 20);
                    case 0x0035, 0x0038, 0x0039, 0x008d, 0xc005, 0xc00a, 0xc00f, 0xc014 ->
                            cbc(32, SHA256, SHA1, 20);
                    case 0x003c, 0x0040, 0x0067, 0x00ae, 0xc023, 0xc025, 0xc027, 0xc029 ->
                            cbc(16, SHA256, SHA256, 32);
                    case 0x003d, 0x006a, 0x006b -> cbc(32, SHA256, SHA256, 32);
                    case 0x00af, 0xc024, 0xc026, 0xc028, 0xc02a -> cbc(32, SHA384, SHA384, 48);
                    default -> null;
                });
    }

    private static TlsSuite aead(Kind kind, int keyLength, String hash) {
        return new TlsSuite(kind, keyLength, hash, "", 0);
    }

    private static TlsSuite cbc(int keyLength, String hash, String mac, int macLength) {
        return new TlsSuite(Kind.CBC, keyLength, hash, mac, macLength);
    }

    /// How many octets of the nonce come out of the keys; the rest stands in each record.
    int fixedIv() {
        return switch (kind) {
            case GCM -> 4;
            case CHACHA -> 12;
            case CBC -> 0;
        };
    }

    int hashLength() {
        return hash.equals(SHA384) ? 48 : 32;
    }
}
