// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import referee.sip.DigestAccount;
import referee.sip.DigestAlgorithm;
import referee.sip.DigestSecret;
import referee.sip.Keyring;

/// Who may register and call.
public final class Users {
    /// Public accounts to practise with: nothing behind them is secret.
    public static final List<Account> EMBEDDED =
            List.of(
                    new Account("alice", "wonderland"),
                    new Account("bob", "builder"),
                    new Account("carol", "singer"));

    /// An account whose password is no secret.
    public record Account(String user, String password) {}

    /// What is shared with a user; empty for a realm or an algorithm it does not have.
    @FunctionalInterface
    public interface Secrets {
        Optional<DigestSecret> of(String realm, DigestAlgorithm algorithm);
    }

    private final Map<String, Secrets> secrets = new LinkedHashMap<>();

    private Users() {}

    public static Users embedded() {
        var users = new Users();
        for (var account : EMBEDDED) users.add(account.user(), account.password());
        return users;
    }

    public static Users none() {
        return new Users();
    }

    /// In whatever realm.
    public Users add(String user, String password) {
        var account = DigestAccount.of(user, password);
        return add(user, (realm, algorithm) -> Optional.of(account.secret(algorithm, realm)));
    }

    /// Each in the realms it is for.
    public static Users of(Keyring keyring) {
        var users = new Users();
        for (var key : keyring.keys())
            users.add(
                    key.user(),
                    (realm, algorithm) ->
                            key.isFor(realm)
                                    ? key.secret(algorithm, key.user(), realm)
                                    : Optional.empty());
        return users;
    }

    public Users add(String user, Secrets shared) {
        secrets.put(user, shared);
        return this;
    }

    public Set<String> names() {
        return Set.copyOf(secrets.keySet());
    }

    /// The same, to which more can be added.
    Users copy() {
        var copy = new Users();
        copy.secrets.putAll(secrets);
        return copy;
    }

    boolean has(String user) {
        return secrets.containsKey(user);
    }

    Optional<DigestSecret> secret(String user, String realm, DigestAlgorithm algorithm) {
        var known = secrets.get(user);
        return known == null ? Optional.empty() : known.of(realm, algorithm);
    }
}
