// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import referee.sip.HeaderName;

class MaskingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Digest username="u", response="abc", uri="sip:x" | Digest username="u", response="***", uri="sip:x"
                    Digest response=abc,nc=1                         | Digest response=***,nc=1
                    Digest RESPONSE = "abc"                          | Digest RESPONSE = "***"
                    Digest response="abc                             | Digest response="***"
                    Digest response="a", response="b"                | Digest response="***", response="***"
                    Basic dXNlcjpwYXNz                               | Basic ***
                    Bearer token                                     | Bearer ***
                    """)
    void hidesWhatProvesKnowledgeOfThePassword(String value, String shown) {
        assertThat(Masking.header(HeaderName.AUTHORIZATION, value)).isEqualTo(shown);
    }

    @Test
    void hidesTheServersProof() {
        assertThat(
                        Masking.header(
                                HeaderName.AUTHENTICATION_INFO, "rspauth=\"abc\", nextnonce=\"n\""))
                .isEqualTo("rspauth=\"***\", nextnonce=\"n\"");
    }

    @Test
    void hidesPasswordsInUris() {
        assertThat(Masking.header(HeaderName.CONTACT, "<sip:u:pw@host:5060>, <sips:v:pw2@host>"))
                .isEqualTo("<sip:u:***@host:5060>, <sips:v:***@host>");
        assertThat(Masking.header(HeaderName.CONTACT, "<sip:u@host:5060>"))
                .isEqualTo("<sip:u@host:5060>");
    }

    @Test
    void keepsTextFromTheWireOnOneLineAndInItsDirection() {
        assertThat(Masking.line("a\r\nb\u001b[31mc\u202ed")).isEqualTo("a  b [31mc d");
    }

    @Test
    void hidesPasswordsHoweverTheSchemeIsWrittenAndWhateverTheyHold() {
        assertThat(Masking.words("SIP:u:p,w@host and <sip:v:x@h>"))
                .isEqualTo("SIP:u:***@host and <sip:v:***@h>");
    }

    @Test
    void hidesTheKeysOfMedia() {
        assertThat(Masking.body("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:abcdef|2^20"))
                .isEqualTo("a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:***");
    }
}
