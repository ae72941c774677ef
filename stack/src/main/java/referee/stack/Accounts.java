// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.Optional;
import referee.sip.Challenge;
import referee.sip.DigestAccount;

/// Which account answers which challenge: by realm, as a rule; for AKA also by nonce.
@FunctionalInterface
public interface Accounts {
    /// Nobody has an account.
    Accounts NONE = _ -> Optional.empty();

    Optional<DigestAccount> of(Challenge challenge);

    /// The same account for every realm.
    static Accounts everywhere(DigestAccount account) {
        return _ -> Optional.of(account);
    }
}
