// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import referee.evidence.TraceLine.Detail;

/// Carries out the indented lines of one message: headers set, added and left out, and the body.
final class Details {
    private final Draft draft;
    private final Set<String> replaced = new HashSet<>();
    private final StringBuilder body = new StringBuilder();
    private boolean hasBody;

    Details(Draft draft) {
        this.draft = draft;
    }

    void apply(Detail detail) throws TraceError {
        var text = detail.text();
        if (text.startsWith("|")) {
            body.append(bodyText(text)).append("\r\n");
            hasBody = true;
        } else if (text.startsWith("-")) {
            leaveOut(text.substring(1).strip(), detail.number());
        } else {
            set(text, detail.number());
        }
    }

    void endBody() {
        if (hasBody) draft.body(body.toString().getBytes(UTF_8));
    }

    /// What stands behind the bar and the space that may follow it.
    static String bodyText(String text) {
        return text.substring(text.startsWith("| ") ? 2 : 1);
    }

    private void leaveOut(String name, int number) throws TraceError {
        if (name.indexOf(':') >= 0)
            throw new TraceError("expected '-Header' without a value", number);
        draft.remove(name);
        if (Draft.same(name, "Content-Length")) draft.leaveLengthAlone();
    }

    private void set(String text, int number) throws TraceError {
        var extra = text.startsWith("+");
        var colon = text.indexOf(':');
        var name = colon < 0 ? "" : text.substring(extra ? 1 : 0, colon).strip();
        if (name.isEmpty()) {
            throw new TraceError(
                    "expected 'Header: value', '+Header: value', '-Header' or '| body', and found '"
                            + text.strip()
                            + "'",
                    number);
        }
        var value = text.substring(colon + 1).strip();
        if (Draft.same(name, "Content-Length")) draft.leaveLengthAlone();
        if (!extra && replaced.add(name.toLowerCase(Locale.ROOT))) draft.replace(name, value);
        else draft.addAfter(name, value);
    }
}
