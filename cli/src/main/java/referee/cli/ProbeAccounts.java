// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import referee.sip.AccountKey;
import referee.sip.Challenge;
import referee.sip.DigestAccount;
import referee.sip.DigestAlgorithm;
import referee.stack.Accounts;

/// The accounts a probe answers challenges with: from a file, from the environment, or asked for at
/// the console when they are needed.
final class ProbeAccounts {
    private static final String VARIABLE = "REFEREE_PASSWORD";

    private final World world;

    ProbeAccounts(World world) {
        this.world = world;
    }

    /// @param user of the account, where the file does not name it
    Accounts read(Optional<Path> file, String user) throws IOException {
        if (file.isPresent()) return of(new CredentialsFile(world).read(file.get()).keys(), user);
        var password = System.getenv(VARIABLE);
        if (password != null) return of(List.of(key(user, password.getBytes(UTF_8))), user);
        if (!world.terminal()) return Accounts.NONE;
        return new Asking(user);
    }

    private static AccountKey key(String user, byte[] password) {
        return AccountKey.ofPassword(user, AccountKey.ANY_REALM, password);
    }

    /// Of several accounts that fit, that of the user.
    private static Accounts of(List<AccountKey> keys, String user) {
        return challenge -> {
            var first = keys.stream().filter(key -> key.user().equals(user)).toList();
            return account(first, challenge).or(() -> account(keys, challenge));
        };
    }

    private static Optional<DigestAccount> account(List<AccountKey> keys, Challenge challenge) {
        var algorithm = DigestAlgorithm.of(challenge.algorithm());
        return algorithm.flatMap(one ->
                keys.stream()
                        .flatMap(key -> key.account(one, challenge.realm().orElse("")).stream())
                        .findFirst());
    }

    /// Asks once, when a server wants it.
    private static final class Asking implements Accounts {
        private final String user;
        private Optional<List<AccountKey>> known = Optional.empty();

        Asking(String user) {
            this.user = user;
        }

        @Override
        @SuppressWarnings("SystemConsoleNull") // JDK 25 gives null where nobody sits at a terminal
        public Optional<DigestAccount> of(Challenge challenge) {
            if (known.isEmpty()) {
                var console = System.console();
                var typed =
                        console == null
                                ? null
                                : console.readPassword(
                                        "Password of %s at %s: ",
                                        user, challenge.realm().orElse("?"));
                known =
                        Optional.of(
                                typed == null || typed.length == 0
                                        ? List.of()
                                        : List.of(key(user, new String(typed).getBytes(UTF_8))));
            }
            return account(known.get(), challenge);
        }
    }
}
