// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.net.InetAddress;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Makes a certificate that vouches for itself (RFC 5280 §4.1), which the JDK has no interface for.
final class SelfSigned {
    private static final int DNS_NAME = 0x82;
    private static final int IP_ADDRESS = 0x87;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final Duration CLOCKS_DIFFER = Duration.ofHours(1);

    private SelfSigned() {}

    /// @param names what it is for: names, and addresses in numbers; the first is its common name
    static Identity make(List<String> names, Instant at, Duration lives)
            throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        var keys = generator.generateKeyPair();
        var told = told(keys, names, at, lives);
        var whole =
                Der.of(
                        Der.SEQUENCE,
                        told,
                        algorithm(),
                        Der.bits(signature(keys.getPrivate(), told)));
        var certificate =
                (X509Certificate)
                        CertificateFactory.getInstance("X.509")
                                .generateCertificate(new ByteArrayInputStream(whole));
        return new Identity(keys.getPrivate(), List.of(certificate));
    }

    /// What is signed: TBSCertificate.
    private static byte[] told(KeyPair keys, List<String> names, Instant at, Duration lives) {
        var name = name(names.getFirst());
        return Der.of(
                Der.SEQUENCE,
                Der.of(VERSION, Der.integer(BigInteger.TWO)),
                Der.integer(new BigInteger(120, new SecureRandom()).add(BigInteger.ONE)),
                algorithm(),
                name,
                Der.of(Der.SEQUENCE, Der.time(at.minus(CLOCKS_DIFFER)), Der.time(at.plus(lives))),
                name,
                keys.getPublic().getEncoded(),
                Der.of(EXTENSIONS, Der.of(Der.SEQUENCE, alternatives(names))));
    }

    private static byte[] signature(PrivateKey key, byte[] told) throws GeneralSecurityException {
        var signing = Signature.getInstance("SHA256withECDSA");
        signing.initSign(key);
        signing.update(told);
        return signing.sign();
    }

    /// ecdsa-with-SHA256 (RFC 5758 §3.2).
    private static byte[] algorithm() {
        return Der.of(Der.SEQUENCE, Der.object(1, 2, 840, 10045, 4, 3, 2));
    }

    private static byte[] name(String commonName) {
        var attribute = Der.of(Der.SEQUENCE, Der.object(2, 5, 4, 3), Der.text(commonName));
        return Der.of(Der.SEQUENCE, Der.of(Der.SET, attribute));
    }

    /// subjectAltName (RFC 5280 §4.2.1.6).
    private static byte[] alternatives(List<String> names) {
        var each = names.stream().map(SelfSigned::alternative).toArray(byte[][]::new);
        return Der.of(
                Der.SEQUENCE,
                Der.object(2, 5, 29, 17),
                Der.of(Der.OCTETS, Der.of(Der.SEQUENCE, each)));
    }

    private static byte[] alternative(String name) {
        try {
            return Der.of(IP_ADDRESS, InetAddress.ofLiteral(name).getAddress());
        } catch (IllegalArgumentException e) {
            return Der.of(DNS_NAME, name.getBytes(US_ASCII));
        }
    }
}
