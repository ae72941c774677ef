// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Arrays;
import java.util.Optional;

/// One account as its owner gave it: a user, a realm, and a password or the HA1 that stands for it.
/// The secret is never printed.
public final class AccountKey implements AutoCloseable {
    /// Stands for every realm.
    public static final String ANY_REALM = "*";

    private final String user;
    private final String realm;
    private final byte[] password;
    private final Optional<Ha1> ha1;

    /// @param hash `MD5`, `SHA-256`, `SHA-512-256`, or `SHA` for either of the two
    private record Ha1(String hash, String hex) {
        boolean fits(DigestAlgorithm algorithm) {
            var word = algorithm.word().replace("-sess", "").replace("AKAv1-", "");
            return word.equals(hash) || hash.equals("SHA") && word.startsWith("SHA");
        }
    }

    private AccountKey(String user, String realm, byte[] password, Optional<Ha1> ha1) {
        this.user = user;
        this.realm = realm;
        this.password = password;
        this.ha1 = ha1;
    }

    /// @param realm `*` for any
    /// @param password its octets as they are hashed
    public static AccountKey ofPassword(String user, String realm, byte[] password) {
        return new AccountKey(user, realm, password.clone(), Optional.empty());
    }

    /// @param hash which hash made it: `MD5`, `SHA-256`, `SHA-512-256`, or `SHA` for either of the
    ///   two
    /// @param hex 32 or 64 hex digits
    public static AccountKey ofHa1(String user, String realm, String hash, String hex) {
        return new AccountKey(user, realm, new byte[0], Optional.of(new Ha1(hash, hex)));
    }

    public String user() {
        return user;
    }

    public boolean isFor(String wanted) {
        return realm.equals(ANY_REALM) || realm.equals(wanted);
    }

    /// Whether the password itself is known, so that its encoding can be in doubt.
    public boolean hasPassword() {
        return ha1.isEmpty();
    }

    /// The password's octets; empty where only HA1 is known.
    byte[] password() {
        return password;
    }

    /// What a client of this name shares with the server of this realm; empty where only an HA1 is
    /// known that is about another name or another hash.
    public Optional<DigestSecret> secret(DigestAlgorithm algorithm, String name, String ofRealm) {
        if (ha1.isEmpty()) return Optional.of(DigestSecret.of(algorithm, name, ofRealm, password));
        return name.equals(user) && isFor(ofRealm)
                ? ha1.filter(one -> one.fits(algorithm)).map(one -> DigestSecret.ofHa1(one.hex()))
                : Optional.empty();
    }

    /// As a client answers a challenge of this realm with it; empty where it is for another realm,
    /// or only an HA1 of another hash is known.
    public Optional<DigestAccount> account(DigestAlgorithm algorithm, String ofRealm) {
        if (!isFor(ofRealm)) return Optional.empty();
        return hasPassword()
                ? Optional.of(DigestAccount.of(user, password))
                : secret(algorithm, user, ofRealm).map(known -> DigestAccount.of(user, known));
    }

    /// Forgets the password.
    @Override
    public void close() {
        Arrays.fill(password, (byte) 0);
    }

    @Override
    public String toString() {
        return user + " " + realm + " ***";
    }
}
