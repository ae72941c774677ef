// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.List;

/// What else may have been hashed for the body of auth-int.
final class BodyForms {
    /// @param how as in `the digest was made over the body …`
    record Form(String how, Slice octets) {}

    private BodyForms() {}

    static List<Form> of(Slice body) {
        var text = new String(body.copy(), ISO_8859_1);
        var bare = text.replace("\r\n", "\n");
        var forms = new ArrayList<Form>();
        add("with LF line ends", bare, text, forms);
        add("with CR LF line ends", bare.replace("\n", "\r\n"), text, forms);
        add("with CR line ends", bare.replace('\n', '\r'), text, forms);
        add("without its last line end", text.stripTrailing(), text, forms);
        add("with one line end more", text + "\r\n", text, forms);
        add("as if it were empty", "", text, forms);
        return forms;
    }

    private static void add(String how, String form, String text, List<Form> forms) {
        if (!form.equals(text)) forms.add(new Form(how, Slice.of(form.getBytes(ISO_8859_1))));
    }
}
