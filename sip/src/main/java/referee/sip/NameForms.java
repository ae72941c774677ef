// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What else may have been hashed for a user name or a realm: forms of the name itself, and what
/// the request says in their place.
final class NameForms {
    private NameForms() {}

    static Set<String> of(SipMessage request, String name, String realm) {
        var forms = new LinkedHashSet<String>();
        var bare = Keyring.bare(name);
        forms.add(bare);
        forms.add(name + "@" + realm);
        for (var host : hosts(request)) {
            forms.add(bare + "@" + host);
            forms.add("sip:" + bare + "@" + host);
        }
        forms.add("sip:" + name);
        forms.add("sip:" + bare + "@" + realm);
        forms.add(name.toLowerCase(Locale.ROOT));
        forms.add(name.toUpperCase(Locale.ROOT));
        forms.add('"' + name + '"');
        forms.add(Escapes.read(Slice.of(name)));
        forms.add(name.replace("@", "%40"));
        forms.remove(name);
        return forms;
    }

    static Set<String> realms(SipMessage request, String realm) {
        var forms = new LinkedHashSet<String>();
        forms.add("");
        forms.addAll(hosts(request));
        forms.add(realm.toLowerCase(Locale.ROOT));
        forms.add(realm.toUpperCase(Locale.ROOT));
        forms.add(realm.strip());
        forms.add('"' + realm + '"');
        forms.add("sip:" + realm);
        forms.add("*");
        var dot = realm.indexOf('.');
        if (dot > 0) forms.add(realm.substring(dot + 1));
        forms.remove(realm);
        return forms;
    }

    /// The hosts of Request-URI, To and From, each once.
    static List<String> hosts(SipMessage request) {
        var hosts = new ArrayList<String>();
        for (var uri : uris(request)) {
            if (Uri.read(uri) instanceof Field.Present<Uri>(SipUri sip)) {
                var host = sip.host().text();
                if (!hosts.contains(host)) hosts.add(host);
                if (sip.port() != 0) hosts.add(host + ":" + sip.port());
            }
        }
        return hosts;
    }

    /// Request-URI, To and From as written, without what stands around them.
    static List<Slice> uris(SipMessage request) {
        var uris = new ArrayList<Slice>();
        if (request.start() instanceof StartLine.Request start) uris.add(start.uri());
        request.first(To.KIND).optional().ifPresent(to -> uris.add(to.address().uri().text()));
        request.first(From.KIND)
                .optional()
                .ifPresent(from -> uris.add(from.address().uri().text()));
        return uris;
    }
}
