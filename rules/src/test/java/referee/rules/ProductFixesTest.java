// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import referee.diagnosis.Finding;

class ProductFixesTest {
    private static final String LOST =
            """
            actor caller 192.0.2.10
            actor callee 198.51.100.7

             0.000 caller -> callee INVITE
                User-Agent: %s
             0.010 callee -> caller 100 INVITE
                Server: %s
             4.000 callee -> caller 200 INVITE
                Contact: <sip:callee@10.0.0.7:5060>
             4.020 caller -> 10.0.0.7 ACK
             4.500 callee -> caller 200 INVITE again
             4.510 caller -> 10.0.0.7 ACK again
             5.500 callee -> caller 200 INVITE again
             5.510 caller -> 10.0.0.7 ACK again
             7.500 callee -> caller 200 INVITE again
             7.510 caller -> 10.0.0.7 ACK again
            36.000 callee -> caller BYE
            36.020 caller -> callee 200 BYE
            60 end
            """;

    private static final String CHALLENGED =
            """
            actor phone 192.0.2.10
            actor registrar 198.51.100.5

            0.000 phone -> registrar REGISTER
            0.010 registrar -> phone 401 REGISTER
                WWW-Authenticate: Digest realm="example.com", nonce="a1b2"
                Server: Asterisk PBX 20.9.1
            60 end
            """;

    @Test
    void whatTheResponsiblePartySaysItRunsDecides() throws IOException {
        var fixes = fixes("private-address-in-contact", LOST.formatted("Phone", "Asterisk PBX 20"));
        assertThat(fixes).anyMatch(fix -> fix.startsWith("Asterisk: set `external_signaling"));
        assertThat(fixes).noneMatch(fix -> fix.startsWith("FreeSWITCH"));
    }

    @Test
    void ofTwoProductsTheOneOfTheResponsiblePartyIsShown() throws IOException {
        var fixes =
                fixes(
                        "private-address-in-contact",
                        LOST.formatted("Asterisk PBX 20", "FreeSWITCH-mod_sofia/1.10.11"));
        assertThat(fixes).anyMatch(fix -> fix.startsWith("FreeSWITCH: set `ext-sip-ip`"));
        assertThat(fixes).noneMatch(fix -> fix.startsWith("Asterisk"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Phone 1.0",
                "NotAsteriskAtAll",
                "",
                "{contact|x} ${jndi:x} **a** ### eFreeSWITCH \\ %s %n",
                "(((((((((((((((((((((((((((((((((((((a+)+)+)+$"
            })
    void anUnknownProductChangesNothing(String agent) throws IOException {
        assertThat(fixes("private-address-in-contact", LOST.replace("%s", agent)))
                .hasSize(3)
                .allMatch(fix -> fix.startsWith("Operator"));
    }

    @Test
    void aNameWithoutEndIsCutAndDoesNoHarm() throws IOException {
        var agent = "A".repeat(50_000) + " Asterisk";
        var finding = finding("private-address-in-contact", LOST.formatted("x", agent));
        assertThat(finding.responsible().getFirst().agent().orElseThrow()).hasSize(200);
        assertThat(finding.sides()).allMatch(side -> side.length() <= 200);
    }

    @Test
    void aServerProductSaysNothingOfAClientThatIsToAct() throws IOException {
        assertThat(fixes("challenge-unanswered", CHALLENGED))
                .noneMatch(f -> f.contains("Asterisk"));
    }

    @Test
    void aProxyDoesNotSpeakForItself() throws IOException {
        var trace =
                """
                actor phone 192.0.2.10
                actor proxy 198.51.100.5
                actor gateway 198.51.100.9

                0.000 phone -> proxy INVITE for=gateway
                    User-Agent: Asterisk PBX 20
                0.001 proxy -> gateway INVITE relayed
                    User-Agent: Asterisk PBX 20
                0.010 gateway -> proxy 407 INVITE
                    Proxy-Authenticate: Digest realm="example.com", nonce="a1b2"
                    Server: FreeSWITCH-mod_sofia/1.10.11
                0.011 proxy -> phone 407 INVITE relayed
                    Proxy-Authenticate: Digest realm="example.com", nonce="a1b2"
                    Server: FreeSWITCH-mod_sofia/1.10.11
                0.020 phone -> proxy ACK
                0.021 proxy -> gateway ACK
                60 end
                """;
        var fixes = fixes("challenge-unanswered", trace);
        assertThat(fixes).anyMatch(fix -> fix.startsWith("Asterisk: "));
        assertThat(fixes).noneMatch(fix -> fix.startsWith("FreeSWITCH: "));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    Asterisk PBX 20.9.1                          | Asterisk
                    FPBX-16.0.40(18.9)                           | Asterisk
                    FreeSWITCH-mod_sofia/1.10.11-release~64bit   | FreeSWITCH
                    kamailio (5.7.4 (x86_64/linux))              | Kamailio
                    OpenSIPS (3.4.2 (x86_64/linux))              | OpenSIPS
                    PJSUA v2.14 Linux-6.1/x86_64                 | PJSIP
                    baresip v3.16.0 (x86_64/Linux)               | baresip
                    Linphone-Desktop/5.2 (host) belle-sip/5.3    | Linphone
                    JsSIP 3.10.1                                 | JsSIP
                    SIP.js/0.21.2                                | SIP.js
                    Cisco-SIPGateway/IOS-16.12.4                 | Cisco CUBE
                    Microsoft.PSTNHub.SIPProxy v.2024.3.1.1      | Microsoft Teams
                    Mediant SW/v.7.20A.254.202                   | AudioCodes
                    """)
    void aUserAgentNamesItsProduct(String agent, String product) {
        assertThat(Products.of(agent)).contains(product);
    }

    private static List<String> fixes(String fault, String trace) throws IOException {
        return Pages.of(fault).orElseThrow().fixes(finding(fault, trace));
    }

    private static Finding finding(String fault, String trace) throws IOException {
        return Court.judge(trace).stream()
                .flatMap(verdict -> verdict.findings().stream())
                .filter(finding -> finding.fault().equals(fault))
                .findFirst()
                .orElseThrow();
    }
}
