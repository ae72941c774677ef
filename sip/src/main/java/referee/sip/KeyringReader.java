// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Reads accounts, one a line: user, realm (`*` for any) and, to the end of the line, the password;
/// or `ha1:`, `ha1-sha-256:` or `ha1-sha-512-256:` and the hex digits. User and realm may stand in
/// quotes. Lines that begin with `#` are comments.
///
/// Works on octets, so a password is never made a text, and its encoding stays as it is.
public final class KeyringReader {
    /// What a line that is no account lacks; quotes nothing of it.
    public record Complaint(int line, String says) {}

    /// @param keyring the accounts that could be read
    /// @param complaints about the others
    public record Result(Keyring keyring, List<Complaint> complaints) {}

    private static final int MOST = 10_000;

    private final List<AccountKey> keys = new ArrayList<>();
    private final List<Complaint> complaints = new ArrayList<>();

    private KeyringReader() {}

    public static Result read(byte[] octets) {
        var reader = new KeyringReader();
        var whole = Slice.of(octets);
        var bom = whole.length() >= 3 && whole.at(0) == 0xef && whole.at(1) == 0xbb;
        var from = bom ? 3 : 0;
        for (var number = 1; from < whole.length(); number++) {
            var end = whole.indexOf('\n', from);
            if (end < 0) end = whole.length();
            reader.line(number, withoutCr(whole.sub(from, end)));
            from = end + 1;
        }
        return new Result(new Keyring(reader.keys, false), List.copyOf(reader.complaints));
    }

    private void line(int number, Slice line) {
        if (line.trim().isEmpty() || line.trim().at(0) == '#') return;
        var cursor = new Cursor(line);
        var user = word(cursor.skipWhite());
        var realm = word(cursor.skipWhite());
        var blank = cursor.peek() == ' ' || cursor.peek() == '\t';
        if (user.isEmpty() || realm.isEmpty() || !blank) {
            complain(number, "no account: user, realm and password are expected");
            return;
        }
        if (keys.size() >= MOST) {
            if (keys.size() == MOST && complaints.size() < MOST)
                complain(number, "more than %d accounts".formatted(MOST));
            return;
        }
        key(number, user, realm, cursor.skipWhite().rest());
    }

    private void key(int number, String user, String realm, Slice secret) {
        var hash = hash(secret);
        if (hash.isEmpty()) {
            keys.add(AccountKey.ofPassword(user, realm, secret.copy()));
            return;
        }
        var hex = secret.sub(secret.indexOf(':') + 1).trim().text().toLowerCase(Locale.ROOT);
        var digits = hash.get().equals("MD5") ? 32 : 64;
        var either = secret.startsWithIgnoreCase("ha1:") && hex.length() == 64;
        if (hex.length() != digits && !either
                || !hex.chars().allMatch(c -> Character.digit(c, 16) >= 0)) {
            complain(number, "HA1 is %d hex digits".formatted(digits));
            return;
        }
        keys.add(AccountKey.ofHa1(user, realm, either ? "SHA" : hash.get(), hex));
    }

    private static Optional<String> hash(Slice secret) {
        if (secret.startsWithIgnoreCase("ha1:") || secret.startsWithIgnoreCase("ha1-md5:"))
            return Optional.of("MD5");
        if (secret.startsWithIgnoreCase("ha1-sha-256:")) return Optional.of("SHA-256");
        if (secret.startsWithIgnoreCase("ha1-sha-512-256:")) return Optional.of("SHA-512-256");
        return Optional.empty();
    }

    private void complain(int number, String says) {
        if (complaints.size() < MOST) complaints.add(new Complaint(number, says));
    }

    private static String word(Cursor cursor) {
        if (cursor.peek() != '"') return cursor.until(" \t").text();
        var quoted = cursor.quoted();
        return quoted.isEmpty() ? "" : quoted.sub(1, quoted.length() - 1).text();
    }

    private static Slice withoutCr(Slice line) {
        var last = line.length() - 1;
        return last >= 0 && line.at(last) == '\r' ? line.sub(0, last) : line;
    }
}
