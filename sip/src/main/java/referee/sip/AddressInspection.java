// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;
import java.util.function.Function;

/// What is wrong with names and addresses that can be read (RFC 3261 §20 and §20.10).
final class AddressInspection {
    private AddressInspection() {}

    static void inspect(SipMessage message, Inspection found) {
        each(message, From.KIND, from -> Optional.of(from.address()), found);
        each(message, To.KIND, to -> Optional.of(to.address()), found);
        each(message, Contact.KIND, Contact::address, found);
        each(message, Route.KIND, route -> bracketed(route.address(), found), found);
        each(message, RecordRoute.KIND, route -> bracketed(route.address(), found), found);
        each(message, ReferTo.KIND, to -> Optional.of(to.target()), found);
        each(message, ReferredBy.KIND, by -> Optional.of(by.address()), found);
        each(message, PAssertedIdentity.KIND, who -> Optional.of(who.address()), found);
        for (var contact : message.values(Contact.KIND))
            contact.address().ifPresent(address -> bindings(address, found));
        if (message.isRequest() && message.method().equals(Methods.REGISTER))
            register(message, found);
    }

    private static <T> void each(
            SipMessage message,
            HeaderKind<T> kind,
            Function<T, Optional<NameAddr>> address,
            Inspection found) {
        for (var value : message.values(kind)) {
            address.apply(value).ifPresent(one -> address(one, found));
        }
    }

    private static void address(NameAddr address, Inspection found) {
        var uri = address.uri().text();
        if (!address.bracketed() && (uri.indexOf(',') >= 0 || uri.indexOf('?') >= 0))
            found.add("angle-brackets-missing", uri, "RFC 3261 §20");
        ValueInspection.params(address.params(), found);
        if (address.uri() instanceof SipUri sip) {
            for (var param : sip.params().all()) {
                var first = sip.params().get(param.name().text()).orElse(param);
                if (first.name().from() != param.name().from())
                    found.add("uri-param-repeated", param.name(), "RFC 3261 §19.1.1");
            }
        }
    }

    /// Route and Record-Route know no address without brackets (RFC 3261 §25.1).
    private static Optional<NameAddr> bracketed(NameAddr address, Inspection found) {
        if (!address.bracketed())
            found.add("angle-brackets-missing", address.uri().text(), "RFC 3261 §25.1");
        return Optional.of(address);
    }

    private static void bindings(NameAddr contact, Inspection found) {
        contact.params()
                .get("expires")
                .map(Params.Param::value)
                .ifPresent(value ->
                        found.check(
                                Numbers.read(
                                        value,
                                        Numbers.MAX_32_BITS,
                                        "contact-expires",
                                        "RFC 3261 §10.2.1.1")));
        contact.params()
                .get("q")
                .map(Params.Param::value)
                .filter(q -> Contact.thousandths(q) < 0)
                .ifPresent(q -> found.add("contact-q-form", q, "RFC 3261 §25.1"));
    }

    /// Whom a REGISTER is for has a SIP address; the domain it goes to has no user (RFC 3261
    /// §10.2).
    private static void register(SipMessage message, Inspection found) {
        message.first(To.KIND)
                .optional()
                .map(to -> to.address().uri())
                .filter(uri -> !(uri instanceof SipUri))
                .ifPresent(uri -> found.add("register-to-not-sip", uri.text(), "RFC 3261 §10.2"));
        if (message.start() instanceof StartLine.Request request
                && Uri.read(request.uri()) instanceof Field.Present<Uri>(SipUri uri)
                && uri.user().isPresent())
            found.add("register-uri-holds-user", uri.text(), "RFC 3261 §10.2");
    }
}
