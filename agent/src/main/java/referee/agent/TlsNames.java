// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import javax.net.ssl.SSLException;

/// Which SIP domains a certificate is for (RFC 5922 §7.1): `sip:` URIs of its subjectAltName, else
/// its DNS names, else, where it has no subjectAltName, its common name.
final class TlsNames {
    private static final int DNS = 2;
    private static final int URI = 6;
    private static final int IP = 7;

    /// The certificate is for somebody else.
    static final class Mismatch extends SSLException {
        private static final long serialVersionUID = 1L;

        Mismatch(String message) {
            super(message);
        }
    }

    private TlsNames() {}

    /// @param name the host of the URI that was looked up, or an address in numbers
    /// @param wildcards whether `*.example.com` counts; RFC 5922 §7.2 says no
    static void check(X509Certificate certificate, String name, boolean wildcards) throws Mismatch {
        var names = names(certificate);
        if (names.stream().noneMatch(one -> matches(one, name, wildcards)))
            throw new Mismatch(
                    "the certificate is for "
                            + names
                            + ", not for "
                            + name
                            + " — call it by a name that its certificate has, or have a certificate made for this one");
    }

    private static boolean matches(String mine, String wanted, boolean wildcards) {
        var one = mine.toLowerCase(Locale.ROOT);
        var other = wanted.toLowerCase(Locale.ROOT);
        if (one.equals(other)) return true;
        return wildcards
                && one.startsWith("*.")
                && other.indexOf('.') > 0
                && other.substring(other.indexOf('.')).equals(one.substring(1));
    }

    /// In the order of the certificate; empty if it cannot be read.
    static List<String> names(X509Certificate certificate) {
        try {
            var alternatives = certificate.getSubjectAlternativeNames();
            if (alternatives == null) return commonNames(certificate);
            var uris = new ArrayList<String>();
            var others = new ArrayList<String>();
            for (var one : alternatives) {
                var value = String.valueOf(one.get(1));
                switch ((Integer) one.get(0)) {
                    case URI -> {
                        if (value.startsWith("sip:") && value.indexOf('@') < 0)
                            uris.add(value.substring(4));
                    }
                    case DNS, IP -> others.add(value);
                    default -> {}
                }
            }
            return uris.isEmpty() ? others : uris;
        } catch (CertificateParsingException e) {
            return List.of();
        }
    }

    private static List<String> commonNames(X509Certificate certificate) {
        try {
            return new LdapName(certificate.getSubjectX500Principal().getName())
                    .getRdns().stream()
                            .filter(rdn -> rdn.getType().equalsIgnoreCase("CN"))
                            .map(rdn -> String.valueOf(rdn.getValue()))
                            .toList();
        } catch (InvalidNameException e) {
            return List.of();
        }
    }
}
