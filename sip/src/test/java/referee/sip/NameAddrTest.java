// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameAddrTest {
    @Test
    void readsAQuotedNameWithEscapesAndWhatASeparatorWouldBeOutside() {
        var address = read("\"A \\\"B\\\" <C>; D, \\\\\" <sip:a@example.com;lr>;tag=1");

        assertThat(address.name()).contains("A \"B\" <C>; D, \\");
        assertThat(address.uri().text().text()).isEqualTo("sip:a@example.com;lr");
        assertThat(address.tag()).contains("1");
    }

    @Test
    void readsATokenNameWithAndWithoutSpaceBeforeTheBracket() {
        assertThat(read("Alice Liddell   <sip:a@example.com>").name()).contains("Alice Liddell");
        assertThat(read("Alice<sip:a@example.com>").name()).contains("Alice");
    }

    @Test
    void readsNamesInUtf8() {
        assertThat(read("\"Jérôme\" <sip:a@example.com>").name()).contains("Jérôme");
        assertThat(read("Jérôme <sip:a@example.com>").name()).contains("Jérôme");
    }

    @Test
    void givesNoNameWhereThereIsNoneOrAnEmptyOne() {
        assertThat(read("<sip:a@example.com>").name()).isEmpty();
        assertThat(read("sip:a@example.com").name()).isEmpty();
        assertThat(read("\"\" <sip:a@example.com>").name()).isEmpty();
    }

    @Test
    void givesParametersToTheHeaderUnlessTheyAreInsideTheBrackets() {
        var bare = read("sip:a@example.com;transport=tcp;tag=1");
        var bracketed = read("<sip:a@example.com;transport=tcp>;tag=1");

        assertThat(bare.bracketed()).isFalse();
        assertThat(bare.params().text("transport")).contains("tcp");
        assertThat(((SipUri) bare.uri()).params().all()).isEmpty();
        assertThat(bracketed.bracketed()).isTrue();
        assertThat(bracketed.params().text("transport")).isEmpty();
        assertThat(((SipUri) bracketed.uri()).params().text("transport")).contains("tcp");
    }

    @Test
    void readsAcrossFoldedLines() {
        var address = read("\"A\"\r\n <sip:a@example.com>\r\n ;\r\n\ttag\r\n = 1");

        assertThat(address.name()).contains("A");
        assertThat(address.tag()).contains("1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "\"Alice <sip:a@example.com>|quoted-string-not-closed",
                "\"Alice\\\"|quoted-string-not-closed",
                "\"Alice\" sip:a@example.com|display-name-without-address",
                "Liddell, Alice <sip:a@example.com>|display-name-not-token",
                "Alice \"Al\" <sip:a@example.com>|display-name-not-token",
                "<sip:a@example.com|angle-bracket-not-closed",
                "<sip:a@example.com> tag=1|from-form",
                "<sip:a@example.com>;;tag=1|from-form",
                "<>|from-form",
                ";tag=1|from-form",
                "Alice|uri-without-scheme",
                "< sip:a@example.com >|uri-holds-space",
            })
    void saysWhatIsWrong(String value, String code) {
        assertThat(From.read(Slice.of(value)))
                .isInstanceOfSatisfying(
                        Field.Broken.class,
                        broken -> assertThat(broken.flaw().code()).isEqualTo(code));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "<sip:a@example.com>;tag=1|1",
                "<sip:a@example.com;tag=no>;x=2;TAG = 1 ;y|1",
                "sip:a@example.com;tag=1|1",
                "\";tag=no\" <sip:a@example.com>;x=\";tag=no\";tag=1|1",
                "\"<\" <sip:a@example.com>;tag=1|1",
                "<sip:a@example.com>;tagged=no;xtag=no|``",
                "<sip:a@example.com;tag=no>|``",
                "<sip:a@example.com;tag=no|``",
                "<sip:a@example.com>;tag|``",
                "\";tag=no|``",
                "\"Alice <sip:a@example.com>;tag=1|1",
                "\\\"Alice\\\" <sip:a@example.com;tag=no>;tag=1|1",
                "``|``",
            })
    void findsTheTagWithoutReadingTheRest(String value, String tag) {
        assertThat(NameAddr.tagOf(Slice.of(value)).text()).isEqualTo(tag);
    }

    private static NameAddr read(String value) {
        return NameAddr.read(Slice.of(value), "from", "RFC 3261 §20.20").optional().orElseThrow();
    }
}
