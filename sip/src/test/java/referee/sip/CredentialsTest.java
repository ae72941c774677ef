// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CredentialsTest {
    @Test
    void readsEveryPart() {
        var read =
                credentials(
                        "Digest username=\"bob\", realm=\"r\", nonce=\"n\", uri=\"sip:x\", response=\"00ff\","
                                + " algorithm=md5, cnonce=\"c\", nc=00000001, qop=auth, opaque=\"o\"");

        assertThat(read.username()).contains("bob");
        assertThat(read.realm()).contains("r");
        assertThat(read.nonce()).contains("n");
        assertThat(read.uri()).contains("sip:x");
        assertThat(read.algorithm()).isEqualTo("md5");
        assertThat(read.cnonce()).contains("c");
        assertThat(read.nc()).contains("00000001");
        assertThat(read.qop()).contains("auth");
        assertThat(read.opaque()).contains("o");
        assertThat(read.params().get("nc").orElseThrow().form()).isEqualTo(AuthParams.Form.TOKEN);
    }

    @Test
    void takesTheUserNameFromItsExtendedForm() {
        assertThat(credentials("Digest username*=UTF-8''J%C3%A4s%C3%B8n%20Doe").username())
                .contains("Jäsøn Doe");
        assertThat(credentials("Digest username*=UTF-8''J%C3%A4s%C").username()).isEmpty();
        assertThat(credentials("Digest username*=koi8-r''abc").username()).isEmpty();
    }

    @Test
    void neverShowsAValue() {
        var read = credentials("Digest username=\"bob\", response=\"5eed5eed\"");

        assertThat(read.toString() + read.params().all()).doesNotContain("5eed");
        assertThat(credentials("Basic Ym9iOnNlY3JldA==").toString()).doesNotContain("Ym9i");
    }

    @Test
    void belongToTheHeaderTheyStandIn() {
        var read =
                Credentials.all(
                        request(
                                "Proxy-Authorization: Digest realm=\"a\"\r\nAuthorization: Digest realm=\"b\"\r\n"));

        assertThat(read).extracting(Credentials::isProxy).containsExactly(true, false);
    }

    @Test
    void readsWhatTheServerSendsBack() {
        var info =
                request(
                                "Authentication-Info: qop=auth, rspauth=\"00\", cnonce=\"c\", nc=00000002, nextnonce=\"x\"\r\n"
                                        + "Proxy-Authentication-Info: nextnonce=\"y\"\r\n")
                        .first(AuthenticationInfo.KIND)
                        .optional()
                        .orElseThrow();

        assertThat(info.qop()).contains("auth");
        assertThat(info.cnonce()).contains("c");
        assertThat(info.nc()).contains("00000002");
        assertThat(info.nextnonce()).contains("x");
        assertThat(info.toString()).doesNotContain("00");
        assertThat(
                        request("Proxy-Authentication-Info: nextnonce=\"y\"\r\n")
                                .first(AuthenticationInfo.PROXY)
                                .optional()
                                .orElseThrow()
                                .nextnonce())
                .contains("y");
    }

    private static Credentials credentials(String value) {
        return Credentials.all(request("Authorization: " + value + "\r\n")).getFirst();
    }

    private static SipMessage request(String headers) {
        return (SipMessage)
                SipParser.parse(Slice.of("REGISTER sip:x SIP/2.0\r\n" + headers + "\r\n"));
    }
}
