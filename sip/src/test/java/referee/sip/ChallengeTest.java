// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ChallengeTest {
    @Test
    void readsEveryPart() {
        var challenge =
                challenges(
                                "WWW-Authenticate: Digest realm=\"a, \\\"b\\\"\", nonce=\"n\", opaque=\"o\", stale=TRUE,"
                                        + " algorithm=SHA-256, qop=\"auth,auth-int\", userhash=true\r\n")
                        .getFirst();

        assertThat(challenge.realm()).contains("a, \"b\"");
        assertThat(challenge.nonce()).contains("n");
        assertThat(challenge.opaque()).contains("o");
        assertThat(challenge.isStale()).isTrue();
        assertThat(challenge.algorithm()).isEqualTo("SHA-256");
        assertThat(challenge.qop()).containsExactly("auth", "auth-int");
        assertThat(challenge.isUserhash()).isTrue();
        assertThat(challenge.isUsable()).isTrue();
    }

    @Test
    void tellsSeveralChallengesOfOneLineApart() {
        var found =
                challenges(
                        "WWW-Authenticate: Digest realm=\"x\", algorithm=SHA-256, nonce=\"1\", Digest realm=\"x\", nonce=\"2\"\r\n"
                                + "Proxy-Authenticate: Basic realm=\"y\"\r\n");

        assertThat(found)
                .extracting(Challenge::scheme)
                .containsExactly("Digest", "Digest", "Basic");
        assertThat(found).extracting(Challenge::algorithm).containsExactly("SHA-256", "MD5", "MD5");
        assertThat(found).extracting(Challenge::isProxy).containsExactly(false, false, true);
        assertThat(found.getLast().isUsable()).isFalse();
    }

    @Test
    void takesAMissingAlgorithmForMd5AndAMissingStaleForFalse() {
        var challenge = challenges("WWW-Authenticate: Digest realm=x,nonce=y\r\n").getFirst();

        assertThat(challenge.algorithm()).isEqualTo("MD5");
        assertThat(challenge.isStale()).isFalse();
        assertThat(challenge.qop()).isEmpty();
        assertThat(challenge.isUsable()).isTrue();
    }

    @Test
    void keepsOtherSchemesAndTheirSingleValues() {
        var found =
                challenges(
                        "WWW-Authenticate: NTLM TlRMTVNTUAAB/+a=, Basic realm=\"y\", Negotiate, Digest realm=, nonce=\"n\"\r\n");

        assertThat(found)
                .extracting(Challenge::scheme)
                .containsExactly("NTLM", "Basic", "Negotiate", "Digest");
        var blob = found.getFirst().params().all().getFirst();
        assertThat(blob.form()).isEqualTo(AuthParams.Form.BLOB);
        assertThat(blob.text()).isEqualTo("TlRMTVNTUAAB/+a=");
        assertThat(found.getLast().realm()).contains("");
        assertThat(found.getLast().nonce()).contains("n");
    }

    @Test
    void keepsStaleDomainAndCharsetAsWritten() {
        var challenge =
                challenges(
                                "Proxy-Authenticate: Digest realm=\"x\", nonce=\"1\", stale=\"False\", domain=\"sip:a sip:b\", charset=UTF-8\r\n")
                        .getFirst();

        assertThat(challenge.stale()).contains("False");
        assertThat(challenge.isStale()).isFalse();
        assertThat(challenge.domain()).contains("sip:a sip:b");
        assertThat(challenge.charset()).contains("UTF-8");
        assertThat(challenge.params().get("stale").orElseThrow().form())
                .isEqualTo(AuthParams.Form.QUOTED);
    }

    @Test
    void isNotUsableWithoutRealmOrNonce() {
        assertThat(challenges("WWW-Authenticate: Digest nonce=\"y\"\r\n").getFirst().isUsable())
                .isFalse();
        assertThat(challenges("WWW-Authenticate: \r\n")).isEmpty();
    }

    private static List<Challenge> challenges(String headers) {
        return Challenge.all(
                (SipMessage)
                        SipParser.parse(
                                Slice.of("SIP/2.0 401 Unauthorized\r\n" + headers + "\r\n")));
    }
}
