// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// From, To, Contact, Route, Record-Route, Referred-By, P-Asserted-Identity and Via.
class AddressHeadersTest {
    @Test
    void toAndFromTellTheirTags() {
        var message = request("From: \"A\" <sip:a@example.com>;tag=1", "t: sip:b@example.com");

        assertThat(message.first(From.KIND).optional().orElseThrow().tag()).contains("1");
        assertThat(message.first(To.KIND).optional().orElseThrow().tag()).isEmpty();
    }

    @Test
    void contactsAreReadAcrossLinesAndCommas() {
        var message =
                request(
                        "Contact: \"A, B\" <sip:a@example.com>;expires=60;q=0.7, <sip:b,x@example.com>",
                        "m: sip:c@example.com;expires=abc;q=1.001");

        var contacts = message.values(Contact.KIND);

        assertThat(contacts).hasSize(3).noneMatch(Contact::isStar);
        assertThat(contacts.get(0).expires()).contains(60L);
        assertThat(contacts.get(0).q()).contains(700);
        assertThat(contacts.get(2).expires()).isEmpty();
        assertThat(contacts.get(2).q()).isEmpty();
    }

    @Test
    void qIsZeroToOneWithUpToThreeDigits() {
        assertThat(List.of("0", "1", "0.", "1.0", "0.25", "0.999", "1.000"))
                .map(q -> Contact.thousandths(Slice.of(q)))
                .containsExactly(0, 1000, 0, 1000, 250, 999, 1000);
        assertThat(List.of("", "2", "1.001", "0.1234", ".5", "0,5", "00", "0.-1", "-0"))
                .allMatch(q -> Contact.thousandths(Slice.of(q)) < 0);
    }

    @Test
    void starStandsForEveryBinding() {
        var contact = request("Contact: *").first(Contact.KIND).optional().orElseThrow();

        assertThat(contact.isStar()).isTrue();
        assertThat(contact.expires()).isEmpty();
    }

    @Test
    void routesSayWhetherTheyAreLoose() {
        var message =
                request(
                        "Route: <sip:p1.example.com;lr>, <sip:p2.example.com>",
                        "Record-Route: <sip:p3.example.com;LR=on>");

        assertThat(message.values(Route.KIND)).map(Route::isLoose).containsExactly(true, false);
        assertThat(message.values(RecordRoute.KIND))
                .map(RecordRoute::isLoose)
                .containsExactly(true);
    }

    @Test
    void referredByTellsWhichPartVouchesForIt() {
        var by = request("b: sip:r@ref.example;cid=\"2UW@ref.example\"").first(ReferredBy.KIND);

        assertThat(by.optional().flatMap(ReferredBy::cid)).contains("2UW@ref.example");
        assertThat(request("Referred-By: x").first(ReferredBy.KIND))
                .isInstanceOf(Field.Broken.class);
    }

    @Test
    void assertedIdentitiesMayBeTwo() {
        var who = request("P-Asserted-Identity: \"A\" <sip:a@example.com>, tel:+12015550123");

        assertThat(who.values(PAssertedIdentity.KIND))
                .map(one -> one.address().uri().getClass().getSimpleName())
                .containsExactly("SipUri", "TelUri");
    }

    @Test
    void viaIsReadWithSpacesAndIpv6() {
        var via =
                request("Via: SIP / 2.0 /\r\n UDP [2001:db8::1] : 5062 ; branch = z9hG4bK1;rport")
                        .first(Via.KIND)
                        .optional()
                        .orElseThrow();

        assertThat(via.protocol()).isEqualTo("SIP/2.0");
        assertThat(via.transport().text()).isEqualTo("UDP");
        assertThat(via.sentBy()).isEqualTo("[2001:db8::1]:5062");
        assertThat(via.branch().map(Slice::text)).contains("z9hG4bK1");
        assertThat(via.params().get("rport").map(Params.Param::hasValue)).contains(false);
    }

    @Test
    void branchIsFoundWithoutReadingTheVia() {
        var value = Slice.of("SIP/2.0/UDP a;x=\";branch=no,\";branch=1, SIP/2.0/UDP b;branch=2");

        assertThat(Via.branchOf(value).text()).isEqualTo("1");
        assertThat(Via.branchOf(Slice.of("SIP/2.0/UDP a, SIP/2.0/UDP b;branch=2")).text())
                .isEmpty();
    }

    @Test
    void viaSaysWhatIsWrong() {
        assertThat(
                        List.of(
                                "SIP/2.0 a",
                                "SIP/2.0/UDP",
                                "SIP/2.0/UDP ;branch=1",
                                "SIP/2.0/UDP a:port",
                                "SIP/2.0/UDP a:70000",
                                "SIP/2.0/UDP a;;",
                                "SIP/2.0/UDP 2001:db8::1",
                                "SIP/2.0/UDP [::1"))
                .map(value -> code(Via.read(Slice.of(value))).orElse("-"))
                .containsExactly(
                        "via-form",
                        "via-form",
                        "via-host-missing",
                        "via-port-form",
                        "via-port-form",
                        "via-params-form",
                        "ipv6-brackets-missing",
                        "via-host-missing");
    }

    private static Optional<String> code(Field<?> field) {
        return field instanceof Field.Broken<?>(var flaw)
                ? Optional.of(flaw.code())
                : Optional.empty();
    }

    private static SipMessage request(String... headers) {
        return Texts.request("OPTIONS", headers);
    }
}
