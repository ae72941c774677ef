// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.LinkedHashSet;
import java.util.Set;

/// Which URI may have been hashed instead of the digest-uri that the header shows: parts of it left
/// out, brackets around it, or another URI of the request.
final class UriForms {
    private UriForms() {}

    static Set<String> of(SipMessage request, String uri, String realm) {
        var forms = new LinkedHashSet<String>();
        parts(uri, forms);
        for (var other : NameForms.uris(request)) {
            forms.add(other.text());
            parts(other.text(), forms);
        }
        forms.add("sip:" + realm);
        forms.add(realm);
        forms.add("");
        forms.add('"' + uri + '"');
        forms.remove(uri);
        return forms;
    }

    private static void parts(String uri, Set<String> forms) {
        forms.add("<" + uri + ">");
        if (uri.startsWith("<") && uri.endsWith(">")) forms.add(uri.substring(1, uri.length() - 1));
        var colon = uri.indexOf(':');
        if (colon >= 0) forms.add(uri.substring(colon + 1));
        if (!(Uri.read(Slice.of(uri)) instanceof Field.Present<Uri>(SipUri sip))) return;
        var text = sip.text().text();
        var params = text.indexOf(';') < 0 ? "" : text.substring(text.indexOf(';'));
        var scheme = sip.secure() ? "sips:" : "sip:";
        var user = sip.user().map(one -> one.text() + "@").orElse("");
        var host = sip.host().text();
        var port = sip.port() == 0 ? "" : ":" + sip.port();
        forms.add(scheme + user + host);
        forms.add(scheme + user + host + port);
        forms.add(scheme + user + host + params);
        forms.add(scheme + host);
        forms.add(scheme + host + port);
        forms.add(scheme + user + host + ":5060");
        forms.add(scheme + host + ":5060");
        forms.add((sip.secure() ? "sip:" : "sips:") + text.substring(text.indexOf(':') + 1));
        for (var transport : new String[] {"udp", "tcp", "tls", "UDP", "TCP", "TLS"})
            forms.add(scheme + user + host + port + ";transport=" + transport);
        forms.add(Escapes.read(sip.text()));
        forms.add(user + host + port);
        forms.add(host);
    }
}
