// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// What some take for SHA-512/256: SHA-512 cut to its first 256 bits, as in the example that RFC
/// 7616 §3.9.2 prints.
final class TruncatedSha512 {
    private TruncatedSha512() {}

    static String response(Digest digest, String user, String realm, byte[] password) {
        var octets = new ByteArrayOutputStream();
        octets.writeBytes((user + ":" + realm + ":").getBytes(UTF_8));
        octets.writeBytes(password);
        var ha1 = hex(octets.toByteArray());
        if (digest.algorithm().isSession())
            ha1 = hex((ha1 + ":" + digest.nonce() + ":" + digest.cnonce()).getBytes(UTF_8));
        var a2 = digest.method() + ":" + digest.uri();
        if (digest.qop().equalsIgnoreCase("auth-int")) a2 += ":" + hex(digest.body().copy());
        var middle =
                digest.qop().isEmpty()
                        ? digest.nonce()
                        : String.join(
                                ":", digest.nonce(), digest.nc(), digest.cnonce(), digest.qop());
        return hex((ha1 + ":" + middle + ":" + hex(a2.getBytes(UTF_8))).getBytes(UTF_8));
    }

    static String hex(byte[] octets) {
        try {
            var whole = MessageDigest.getInstance("SHA-512").digest(octets);
            return HexFormat.of().formatHex(whole, 0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java has no SHA-512", e);
        }
    }
}
