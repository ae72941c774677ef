// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UriTest {
    @Test
    void readsEveryPartOfASipUri() {
        var uri =
                sip(
                        "sips:al%69ce;day=1:s3cret@[2001:db8::1]:5061;transport=tcp;lr?subject=a%20b&priority=urgent");

        assertThat(uri.secure()).isTrue();
        assertThat(uri.user().orElseThrow().text()).isEqualTo("al%69ce;day=1");
        assertThat(uri.userText()).isEqualTo("alice;day=1");
        assertThat(uri.password().orElseThrow().text()).isEqualTo("s3cret");
        assertThat(uri.host().text()).isEqualTo("[2001:db8::1]");
        assertThat(uri.port()).isEqualTo(5061);
        assertThat(uri.params().text("Transport")).contains("tcp");
        assertThat(uri.params().has("lr")).isTrue();
        assertThat(uri.header("Subject").orElseThrow().unescaped()).isEqualTo("a b");
        assertThat(uri.header("priority").orElseThrow().unescaped()).isEqualTo("urgent");
    }

    @Test
    void readsAUriWithoutUserAndPort() {
        var uri = sip("sip:example.com");

        assertThat(uri.user()).isEmpty();
        assertThat(uri.userText()).isEmpty();
        assertThat(uri.port()).isZero();
        assertThat(uri.params().all()).isEmpty();
        assertThat(uri.headers()).isEmpty();
        assertThat(uri.address()).isEqualTo("sip:example.com");
    }

    @Test
    void letsUriParametersHoldWhatATokenMayNot() {
        var uri = sip("sip:example.com;a/b=[c]:d&e$;%6C%72");

        assertThat(uri.params().text("a/b")).contains("[c]:d&e$");
        assertThat(uri.params().has("%6C%72")).isTrue();
    }

    @Test
    void takesAnUnescapedAtSignInAHeaderForNoUser() {
        var uri = sip("sip:example.com?Replaces=1@example.org");

        assertThat(uri.user()).isEmpty();
        assertThat(uri.host().text()).isEqualTo("example.com");
        assertThat(uri.header("replaces").orElseThrow().unescaped()).isEqualTo("1@example.org");
    }

    @Test
    void neverPrintsAPassword() {
        assertThat(sip("sip:alice:s3cret@example.com").toString()).doesNotContain("s3cret");
    }

    @Test
    void unescapesOnceAndOnlyWhatIsAnEscape() {
        assertThat(Escapes.read(Slice.of("v%61lue%25%34%31"))).isEqualTo("value%41");
        assertThat(Escapes.read(Slice.of("100%"))).isEqualTo("100%");
        assertThat(Escapes.read(Slice.of("%zz%4"))).isEqualTo("%zz%4");
        assertThat(Escapes.read(Slice.of("%C3%A9"))).isEqualTo("é");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "example.com|uri-without-scheme",
                "alice@example.com:5060|uri-without-scheme",
                ":alice|uri-without-scheme",
                "1sip:alice|uri-without-scheme",
                "sip:|uri-host-missing",
                "sip:alice@|uri-host-missing",
                "sip:@example.com|uri-user-empty",
                "sip:al ice@example.com|uri-holds-space",
                "sip:*21#@example.com|uri-user-form",
                "sip:alice:a;b@example.com|uri-password-form",
                "sip:100%@example.com|uri-escape-form",
                "sip:example.com:|uri-port-form",
                "sip:example.com:0|uri-port-form",
                "sip:example.com:65536|uri-port-form",
                "sip:example.com:5o6o|uri-port-form",
                "sip:a@2001:db8::1|ipv6-brackets-missing",
                "sip:[2001:db8::1|uri-host-missing",
                "sip:[2001:db8::1]x|uri-params-form",
                "sip:example.com;;lr|uri-params-form",
                "sip:example.com?subject|uri-headers-form",
                "tel:|tel-uri-form",
                "tel:+1;;|tel-uri-form",
            })
    void saysWhatIsWrongWithAUri(String text, String code) {
        assertThat(Uri.read(Slice.of(text)))
                .isInstanceOfSatisfying(
                        Field.Broken.class,
                        broken -> assertThat(broken.flaw().code()).isEqualTo(code));
    }

    @Test
    void readsOtherSchemesWithoutLookingInside() {
        var tel = (TelUri) read("tel:+1-201-555-0123;phone-context=example.com");
        var other = (OtherUri) read("urn:service:sos");

        assertThat(tel.digits()).isEqualTo("+12015550123");
        assertThat(tel.params().text("phone-context")).contains("example.com");
        assertThat(other.scheme().text()).isEqualTo("urn");
    }

    /// The examples of RFC 3261 §19.1.4, RFC 3966 §4, and the corners of their rules.
    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "true sip:%61lice@atlanta.com;transport=TCP sip:alice@AtLanTa.CoM;Transport=tcp",
                "true sip:carol@chicago.com sip:carol@chicago.com;newparam=5",
                "true sip:carol@chicago.com;newparam=5 sip:carol@chicago.com;security=on",
                "true sip:biloxi.com;transport=tcp;method=REGISTER?to=sip:bob%40biloxi.com sip:biloxi.com;method=REGISTER;transport=tcp?to=sip:bob%40biloxi.com",
                "true sip:alice@atlanta.com?subject=project%20x&priority=urgent sip:alice@atlanta.com?priority=urgent&subject=project%20x",
                "false SIP:ALICE@AtLanTa.CoM;Transport=udp sip:alice@AtLanTa.CoM;Transport=UDP",
                "false sip:bob@biloxi.com sip:bob@biloxi.com:5060",
                "false sip:bob@biloxi.com sip:bob@biloxi.com;transport=udp",
                "false sip:bob@biloxi.com sip:bob@biloxi.com:6000;transport=tcp",
                "false sip:carol@chicago.com sip:carol@chicago.com?Subject=next%20meeting",
                "false sip:bob@phone21.boxesbybob.com sip:bob@192.0.2.4",
                "false sip:carol@chicago.com;security=on sip:carol@chicago.com;security=off",
                "false sip:bob@biloxi.com sips:bob@biloxi.com",
                "false sip:bob@biloxi.com sip:biloxi.com",
                "false sip:bob@biloxi.com sip:bob:@biloxi.com",
                "false sip:bob@biloxi.com sip:bob@biloxi.com;user=phone",
                "false sip:bob@biloxi.com;maddr=192.0.2.1 sip:bob@biloxi.com",
                "true sip:bob@biloxi.com;l%72 sip:bob@biloxi.com;lr",
                "false sip:a%3Bb@biloxi.com sip:a;b@biloxi.com",
                "true sip:a%3bb@biloxi.com sip:a%3Bb@biloxi.com",
                "false sip:a%253Bb@biloxi.com sip:a%3Bb@biloxi.com",
                "false sip:a%2541@biloxi.com sip:a%41@biloxi.com",
                "true tel:+1-201-555-0123 tel:+12015550123",
                "true tel:0123;ext=1;phone-context=EXAMPLE.com tel:0123;phone-context=example.com;ext=1",
                "false tel:+12015550123 tel:12015550123",
                "false tel:+12015550123 tel:+12015550123;ext=1",
                "false tel:+12015550123 sip:+12015550123@example.com",
                "true urn:service:sos urn:service:sos",
                "false urn:service:sos urn:service:sos.fire",
            })
    void comparesAsTheRfcsSay(boolean same, String one, String other) {
        assertThat(read(one).sameAs(read(other))).isEqualTo(same);
        assertThat(read(other).sameAs(read(one))).isEqualTo(same);
    }

    private static SipUri sip(String text) {
        return (SipUri) read(text);
    }

    private static Uri read(String text) {
        return Uri.read(Slice.of(text)).optional().orElseThrow();
    }
}
