// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The secrets of TLS sessions, as a client or server writes them to the file that SSLKEYLOGFILE
/// names: a line a secret, with its label and the client's random. Lines of other kinds count for
/// nothing. Nothing of it is ever printed.
public final class KeyLog {
    /// Longer files are none.
    private static final long LONGEST = 64L << 20;

    private static final int MOST = 500_000;
    private static final int RANDOM = 64;
    private static final int LONGEST_SECRET = 128;

    /// Whose secret, and of which session.
    private record Key(String label, String random) {}

    private final Map<Key, byte[]> secrets;

    private KeyLog(Map<Key, byte[]> secrets) {
        this.secrets = secrets;
    }

    /// Without any secret.
    public static KeyLog none() {
        return new KeyLog(new HashMap<>());
    }

    /// @throws UnreadableEvidence if there is no secret in it
    public static KeyLog read(Path file) throws IOException {
        if (Files.size(file) > LONGEST)
            throw new UnreadableEvidence(file + " — is too long for a key log — " + WANTED);
        var log = none();
        log.add(Files.readString(file, ISO_8859_1));
        if (log.secrets.isEmpty())
            throw new UnreadableEvidence(file + " — holds no TLS secret — " + WANTED);
        return log;
    }

    private static final String WANTED = "give the file that SSLKEYLOGFILE named";

    /// The same secrets, to which a capture may add its own.
    KeyLog copy() {
        return new KeyLog(new HashMap<>(secrets));
    }

    /// Takes the secrets of a text.
    void add(String text) {
        text.lines().forEach(this::line);
    }

    private void line(String line) {
        if (line.length() > 1000 || line.startsWith("#") || secrets.size() >= MOST) return;
        var words = line.strip().split(" +", -1);
        if (words.length != 3 || words[1].length() != RANDOM) return;
        if (words[2].isEmpty() || words[2].length() > LONGEST_SECRET) return;
        try {
            var secret = HexFormat.of().parseHex(words[2]);
            secrets.put(new Key(words[0], words[1].toLowerCase(Locale.ROOT)), secret);
        } catch (IllegalArgumentException e) {
            // no hexadecimal, no secret
        }
    }

    boolean isEmpty() {
        return secrets.isEmpty();
    }

    /// @param random the client's, 32 octets
    Optional<byte[]> secret(String label, byte[] random) {
        if (secrets.isEmpty()) return Optional.empty();
        return Optional.ofNullable(secrets.get(new Key(label, HexFormat.of().formatHex(random))));
    }

    @Override
    public String toString() {
        return secrets.size() + " secrets";
    }
}
