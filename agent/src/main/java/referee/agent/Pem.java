// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/// Keys and certificates in text (RFC 7468).
final class Pem {
    private static final String BEGIN = "-----BEGIN ";
    private static final String END = "-----END ";
    private static final List<String> ALGORITHMS = List.of("EC", "RSA", "EdDSA");

    private Pem() {}

    static boolean isPem(byte[] octets) {
        return new String(octets, US_ASCII).contains(BEGIN);
    }

    /// @throws IOException if there is none
    static List<X509Certificate> certificates(byte[] octets)
            throws IOException, GeneralSecurityException {
        var factory = CertificateFactory.getInstance("X.509");
        var found = new ArrayList<X509Certificate>();
        for (var block : blocks(octets, "CERTIFICATE"))
            found.add(
                    (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(block)));
        if (found.isEmpty()) throw new IOException("no certificate in it");
        return found;
    }

    static PrivateKey key(byte[] octets) throws IOException, GeneralSecurityException {
        var blocks = blocks(octets, "PRIVATE KEY");
        if (blocks.isEmpty()) throw new IOException("no key in it");
        var coded = new PKCS8EncodedKeySpec(blocks.getFirst());
        for (var algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(coded);
            } catch (InvalidKeySpecException e) {
                // a key of another kind
            }
        }
        throw new IOException("a key of a kind that is not known here");
    }

    private static List<byte[]> blocks(byte[] octets, String label) {
        var text = new String(octets, US_ASCII);
        var begin = BEGIN + label + "-----";
        var end = END + label + "-----";
        var found = new ArrayList<byte[]>();
        for (var at = text.indexOf(begin); at >= 0; at = text.indexOf(begin, at + 1)) {
            var to = text.indexOf(end, at);
            if (to < 0) break;
            found.add(Base64.getMimeDecoder().decode(text.substring(at + begin.length(), to)));
        }
        return found;
    }

    static String write(List<X509Certificate> certificates) {
        var coder = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII));
        var text = new StringBuilder();
        try {
            for (var one : certificates)
                text.append(BEGIN + "CERTIFICATE-----\n")
                        .append(coder.encodeToString(one.getEncoded()))
                        .append('\n' + END + "CERTIFICATE-----\n");
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that cannot be written", e);
        }
        return text.toString();
    }
}
