// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.List;
import java.util.Locale;

/// Headers that must be there, or only once, or agree with each other.
final class PresenceInspection {
    private static final List<HeaderName> EVERYWHERE =
            List.of(
                    HeaderName.TO,
                    HeaderName.FROM,
                    HeaderName.CALL_ID,
                    HeaderName.CSEQ,
                    HeaderName.VIA);

    /// These begin a dialog (RFC 3261 §8.1.1.8, RFC 6665 §4.1.2, RFC 3515 §2.4).
    private static final List<String> DIALOGS =
            List.of(Methods.INVITE, Methods.SUBSCRIBE, Methods.REFER);

    /// Their grammar is a list, although it is read as one value.
    private static final List<HeaderName> LISTS =
            List.of(HeaderName.AUTHENTICATION_INFO, HeaderName.PROXY_AUTHENTICATION_INFO);

    private PresenceInspection() {}

    static void inspect(SipMessage message, Inspection found) {
        for (var kind : Headers.ALL) {
            if (!kind.list() && !LISTS.contains(kind.name())) single(message, kind.name(), found);
        }
        switch (message.start()) {
            case StartLine.Request request -> request(message, request, found);
            case StartLine.Response response -> response(message, response, found);
        }
        if (!message.body().isEmpty())
            needs(message, HeaderName.CONTENT_TYPE, "RFC 3261 §20.15", found);
    }

    private static void request(SipMessage message, StartLine.Request request, Inspection found) {
        for (var name : EVERYWHERE) needs(message, name, "RFC 3261 §8.1.1", found);
        needs(message, HeaderName.MAX_FORWARDS, "RFC 3261 §8.1.1", found);
        if (tagMissing(message, HeaderName.FROM))
            found.add("from-tag-missing", value(message, HeaderName.FROM), "RFC 3261 §8.1.1.3");
        if (message.first(CSeq.KIND) instanceof Field.Present<CSeq>(var cseq)
                && !cseq.method().equals(request.method()))
            found.add("cseq-method-mismatch", value(message, HeaderName.CSEQ), "RFC 3261 §8.1.1.5");
        if (DIALOGS.contains(request.method())) {
            needs(message, HeaderName.CONTACT, "RFC 3261 §8.1.1.8", found);
            if (message.all(Contact.KIND).size() > 1)
                found.add(
                        "contact-repeated",
                        value(message, HeaderName.CONTACT),
                        "RFC 3261 §8.1.1.8");
        }
        byMethod(message, request.method(), found);
    }

    private static void byMethod(SipMessage message, String method, Inspection found) {
        switch (method) {
            case Methods.REFER -> needs(message, HeaderName.REFER_TO, "RFC 3515 §2.4.2", found);
            case Methods.PRACK -> needs(message, HeaderName.RACK, "RFC 3262 §7.2", found);
            case Methods.SUBSCRIBE -> needs(message, HeaderName.EVENT, "RFC 6665 §3.1.2", found);
            case Methods.NOTIFY -> {
                needs(message, HeaderName.EVENT, "RFC 6665 §3.2.1", found);
                needs(message, HeaderName.SUBSCRIPTION_STATE, "RFC 6665 §4.1.3", found);
            }
            case Methods.REGISTER -> star(message, found);
            default -> {}
        }
    }

    private static void response(
            SipMessage message, StartLine.Response response, Inspection found) {
        for (var name : EVERYWHERE) needs(message, name, "RFC 3261 §8.2.6.2", found);
        if (response.code() != 100 && tagMissing(message, HeaderName.TO))
            found.add("to-tag-missing", value(message, HeaderName.TO), "RFC 3261 §8.2.6.2");
        if (response.code() / 100 == 2 && message.method().equals(Methods.INVITE))
            needs(message, HeaderName.CONTACT, "RFC 3261 §12.1.1", found);
    }

    private static void needs(
            SipMessage message, HeaderName name, String source, Inspection found) {
        if (!message.has(name)) found.add(code(name, "-missing"), message.start().line(), source);
    }

    private static void single(SipMessage message, HeaderName name, Inspection found) {
        var again = message.indexOf(name, message.indexOf(name) + 1);
        if (message.has(name) && again >= 0)
            found.add(code(name, "-repeated"), message.value(again), "RFC 3261 §7.3.1");
    }

    private static boolean tagMissing(SipMessage message, HeaderName name) {
        return message.has(name) && NameAddr.tagOf(value(message, name)).isEmpty();
    }

    /// The Contact `*` stands alone, and with an Expires of 0.
    private static void star(SipMessage message, Inspection found) {
        var contacts = message.values(Contact.KIND);
        var zero = message.first(Expires.KIND).optional().map(e -> e.seconds() == 0).orElse(false);
        if (contacts.stream().anyMatch(Contact::isStar) && (contacts.size() > 1 || !zero))
            found.add("contact-star", value(message, HeaderName.CONTACT), "RFC 3261 §10.2.2");
    }

    private static Slice value(SipMessage message, HeaderName name) {
        return message.value(message.indexOf(name));
    }

    private static String code(HeaderName name, String what) {
        return name.text().toLowerCase(Locale.ROOT) + what;
    }
}
