// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/// What encodings, quotes and careless readers make of a password that is known; no guesses.
final class PasswordForms {
    /// @param how as in `the password was hashed …`; does not quote it
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Form(String how, byte[] octets) {}

    private static final String UNRESERVED = "-_.~";

    private final List<Form> forms = new ArrayList<>();
    private final String text;

    private PasswordForms(byte[] password) {
        // Octet by octet, so that nothing is lost whatever the encoding.
        this.text = new String(password, ISO_8859_1);
    }

    static List<Form> of(byte[] password) {
        var forms = new PasswordForms(password);
        forms.ends();
        forms.escapes();
        forms.quotes();
        forms.charsets(password);
        return forms.forms;
    }

    private void ends() {
        add("with a space at its end", text + " ");
        add("with a line end (LF) at its end", text + "\n");
        add("with a line end (CR LF) at its end", text + "\r\n");
        add("with a carriage return at its end", text + "\r");
        add("with a zero octet at its end", text + "\0");
        add("with a space before it", " " + text);
        add("without the spaces at its ends", text.strip());
        add("as if it were empty", "");
        for (var mark : List.of("#", ";", ",", "$", "&", "\"", " ", "@", ":", "%", "?", "/", "\\"))
            cut(mark);
    }

    private void cut(String mark) {
        var at = text.indexOf(mark);
        if (at >= 0)
            add(
                    "only as far as the first " + (mark.equals(" ") ? "space" : "'" + mark + "'"),
                    text.substring(0, at));
    }

    private void escapes() {
        add("percent-encoded", encoded(false));
        add("percent-encoded, with lower-case hex digits", encoded(true));
        add("percent-encoded, with + for spaces", encoded(false).replace("%20", "+"));
        add("percent-decoded", new String(decoded(), ISO_8859_1));
        add("with spaces for +", text.replace('+', ' '));
        add("with $$ for $", text.replace("$", "$$"));
        add("with $ for $$", text.replace("$$", "$"));
        add("without its backslashes", text.replace("\\", ""));
        add("with its backslashes doubled", text.replace("\\", "\\\\"));
        add("with a backslash before quotes", text.replace("\"", "\\\""));
        add(
                "with XML escapes",
                text.replace("&", "&amp;")
                        .replace("<", "&lt;")
                        .replace(">", "&gt;")
                        .replace("\"", "&quot;"));
        add("with &amp; for &", text.replace("&", "&amp;"));
        add("with & for &amp;", text.replace("&amp;", "&"));
    }

    private void quotes() {
        add("with its quotes", '"' + text + '"');
        add("with single quotes", "'" + text + "'");
        if (text.length() > 1 && (isIn('"') || isIn('\'')))
            add("without its quotes", text.substring(1, text.length() - 1));
    }

    private boolean isIn(char quote) {
        return text.charAt(0) == quote && text.charAt(text.length() - 1) == quote;
    }

    /// UTF-8 for Latin-1, and the reverse.
    private void charsets(byte[] password) {
        if (text.chars().allMatch(c -> c < 0x80)) return;
        forms.add(new Form("as UTF-8 of what was taken for Latin-1", text.getBytes(UTF_8)));
        latin(password).ifPresent(octets -> forms.add(new Form("as Latin-1", octets)));
        add(
                "with ? for every other letter than those of ASCII",
                text.replaceAll("[^\\x00-\\x7f]", "?"));
        add(
                "with ? for every other letter than those of ASCII",
                new String(password, UTF_8).replaceAll("[^\\x00-\\x7f]", "?"));
    }

    private static Optional<byte[]> latin(byte[] password) {
        var read = new String(password, UTF_8);
        return read.chars().allMatch(c -> c <= 0xff)
                ? Optional.of(read.getBytes(ISO_8859_1))
                : Optional.empty();
    }

    private String encoded(boolean lower) {
        var hex = lower ? HexFormat.of() : HexFormat.of().withUpperCase();
        var out = new StringBuilder();
        for (var i = 0; i < text.length(); i++) {
            var c = text.charAt(i);
            var plain = c < 0x80 && (Character.isLetterOrDigit(c) || UNRESERVED.indexOf(c) >= 0);
            if (plain) out.append(c);
            else out.append('%').append(hex.toHexDigits((byte) c));
        }
        return out.toString();
    }

    private byte[] decoded() {
        return Escapes.read(Slice.of(text.getBytes(ISO_8859_1))).getBytes(UTF_8);
    }

    private void add(String how, String form) {
        if (!form.equals(text)) forms.add(new Form(how, form.getBytes(ISO_8859_1)));
    }
}
