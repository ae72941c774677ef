// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.Console;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import referee.sip.AccountKey;
import referee.sip.Keyring;
import referee.sip.KeyringReader;

/// Where the accounts come from that digests are recomputed with: a file, or a person at the
/// console. Never the command line, where everybody on the machine can read it.
final class CredentialsFile {
    private static final long LARGEST = 1 << 20;

    private static final Set<PosixFilePermission> OTHERS =
            Set.of(PosixFilePermission.GROUP_READ, PosixFilePermission.OTHERS_READ);

    private final World world;

    CredentialsFile(World world) {
        this.world = world;
    }

    /// Reads the file; what is no account in it, and a file that others may read, is complained of.
    Keyring read(Path file) throws IOException {
        if (file.toString().equals("-"))
            throw new UnusableCredentials(
                    "- — credentials are not read from standard input — name a file, or use --credentials-prompt");
        if (Files.isDirectory(file))
            throw new UnusableCredentials(
                    file + " — is a directory — name the credentials file in it");
        if (Files.size(file) > LARGEST)
            throw new UnusableCredentials(
                    file + " — is too large for credentials — name the right file");
        if (isOpenToOthers(file))
            world.err()
                    .println(
                            "referee: "
                                    + file
                                    + " — others may read these credentials — chmod 600 "
                                    + file);
        var octets = Files.readAllBytes(file);
        try {
            var read = KeyringReader.read(octets);
            for (var complaint : read.complaints())
                world.err()
                        .println(
                                "referee: %s line %d — %s — write: user realm password"
                                        .formatted(file, complaint.line(), complaint.says()));
            return read.keyring();
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    /// Asks for one account; the password is not shown while it is typed.
    static Keyring ask(@Nullable Console console) throws IOException {
        if (console == null || !console.isTerminal())
            throw new UnusableCredentials(
                    "--credentials-prompt — there is no console to ask at — use --credentials FILE");
        var user = Optional.ofNullable(console.readLine("User: ")).orElse("");
        var realm = Optional.ofNullable(console.readLine("Realm (empty for any): ")).orElse("");
        var typed = Optional.ofNullable(console.readPassword("Password: ")).orElse(new char[0]);
        var octets = Prompt.octets(typed);
        try {
            var key = AccountKey.ofPassword(user.strip(), realm.isBlank() ? "*" : realm, octets);
            return new Keyring(List.of(key), false);
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }

    private static boolean isOpenToOthers(Path file) throws IOException {
        try {
            return Files.getPosixFilePermissions(file).stream().anyMatch(OTHERS::contains);
        } catch (UnsupportedOperationException _) {
            return false; // this file system knows no such permissions
        }
    }
}
