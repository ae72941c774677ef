// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import referee.sip.AccountKey;
import referee.sip.Challenge;
import referee.sip.DigestAccount;
import referee.sip.DigestAlgorithm;
import referee.stack.Accounts;

/// The accounts a probe answers challenges with: from a file, from the environment, or asked for.
///
/// Nobody is asked while a probe runs, since its timers would wait for the answer: it fails for
/// want of an account, [#ask] asks, and it is run anew.
final class ProbeAccounts implements Accounts {
    private static final String VARIABLE = "REFEREE_PASSWORD";

    private final String user;
    private final boolean askable;
    private volatile List<AccountKey> keys;
    private volatile Optional<String> missed = Optional.empty();

    private ProbeAccounts(String user, List<AccountKey> keys, boolean askable) {
        this.user = user;
        this.keys = List.copyOf(keys);
        this.askable = askable;
    }

    /// @param user of the account, where the file does not name it
    static ProbeAccounts read(World world, Optional<Path> file, String user) throws IOException {
        if (file.isPresent())
            return new ProbeAccounts(
                    user, new CredentialsFile(world).read(file.get()).keys(), false);
        var password = System.getenv(VARIABLE);
        return password == null
                ? new ProbeAccounts(user, List.of(), true)
                : new ProbeAccounts(user, List.of(key(user, password.getBytes(UTF_8))), false);
    }

    /// @param user whose account is taken where several fit
    static Accounts of(List<AccountKey> keys, String user) {
        return new ProbeAccounts(user, keys, false);
    }

    private static AccountKey key(String user, byte[] password) {
        return AccountKey.ofPassword(user, AccountKey.ANY_REALM, password);
    }

    /// Asks for the password that a server wanted and nobody had given. Blocks.
    ///
    /// @return whether there is one now
    boolean ask(Prompt prompt) {
        if (!askable || !keys.isEmpty() || missed.isEmpty()) return false;
        var realm = missed.get().replaceAll("\\p{Cntrl}", "?");
        var typed = prompt.ask("Password of %s at %s: ".formatted(user, realm));
        if (typed.isEmpty() || typed.get().length == 0) return false;
        var octets = Prompt.octets(typed.get());
        keys = List.of(key(user, octets));
        Arrays.fill(octets, (byte) 0);
        return true;
    }

    /// Of several accounts that fit, that of the user.
    @Override
    public Optional<DigestAccount> of(Challenge challenge) {
        var known = keys;
        var first = known.stream().filter(key -> key.user().equals(user)).toList();
        var found = account(first, challenge).or(() -> account(known, challenge));
        if (found.isEmpty()) missed = Optional.of(challenge.realm().orElse("?"));
        return found;
    }

    private static Optional<DigestAccount> account(List<AccountKey> keys, Challenge challenge) {
        var algorithm = DigestAlgorithm.of(challenge.algorithm());
        return algorithm.flatMap(one ->
                keys.stream()
                        .flatMap(key -> key.account(one, challenge.realm().orElse("")).stream())
                        .findFirst());
    }
}
