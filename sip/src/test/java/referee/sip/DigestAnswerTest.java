// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

class DigestAnswerTest {
    private static final DigestAccount ALICE = DigestAccount.of("alice", "s3cr3t pass");

    @Test
    void answersAsADerivedVectorDoes() {
        assertThat(
                        answer(
                                "nonce=\"6d1f0a5e7b9c4d2e8f3a\", opaque=\"o\", qop=\"auth,auth-int\"",
                                ALICE))
                .contains(
                        "Digest username=\"alice\", realm=\"sip.example.net\", nonce=\"6d1f0a5e7b9c4d2e8f3a\","
                                + " uri=\"sip:sip.example.net\", response=\"fdc67719308d8121d486b3e9aaee462a\","
                                + " qop=auth, nc=00000001, cnonce=\"9fce1b20\", opaque=\"o\"");
    }

    @Test
    void leavesOutQopNcAndCnonceWhereNoneIsOffered() {
        assertThat(answer("nonce=\"6d1f0a5e7b9c4d2e8f3a\", algorithm=MD5", ALICE))
                .contains(
                        "Digest username=\"alice\", realm=\"sip.example.net\", nonce=\"6d1f0a5e7b9c4d2e8f3a\","
                                + " uri=\"sip:sip.example.net\", response=\"1295df436c03d82d7a567db04f89f862\", algorithm=MD5");
    }

    @Test
    void takesAuthIntWhereNothingElseIsOffered() {
        assertThat(answer("nonce=\"6d1f0a5e7b9c4d2e8f3a\", qop=\"auth-int\"", ALICE).orElseThrow())
                .contains("response=\"19b42ecdd48cce57a47bc3f772f7806e\"")
                .contains("qop=auth-int");
    }

    @Test
    void hashesTheUserNameWhereAsked() {
        assertThat(
                        answer("nonce=\"n\", algorithm=SHA-256, qop=\"auth\", userhash=true", ALICE)
                                .orElseThrow())
                .doesNotContain("alice")
                .contains(
                        "username=\""
                                + Digest.userhash(
                                        DigestAlgorithm.SHA_256, "alice", "sip.example.net"))
                .endsWith("userhash=true");
    }

    @Test
    void escapesQuotesOfAName() {
        assertThat(answer("nonce=\"n\"", DigestAccount.of("a\"b\\c", "x")).orElseThrow())
                .contains("username=\"a\\\"b\\\\c\"");
    }

    @Test
    void hasNoAnswerToWhatItDoesNotKnow() {
        assertThat(answer("nonce=\"n\", algorithm=SHA3-256", ALICE)).isEmpty();
        assertThat(answer("nonce=\"n\", qop=\"auth-conf\"", ALICE)).isEmpty();
        assertThat(answer("opaque=\"n\"", ALICE)).isEmpty();
    }

    @Test
    void neverShowsThePassword() {
        assertThat(ALICE).hasToString("alice:***");
    }

    private static Optional<String> answer(String params, DigestAccount account) {
        var message =
                (SipMessage)
                        SipParser.parse(
                                Slice.of(
                                        "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"sip.example.net\", "
                                                + params
                                                + "\r\n\r\n"));
        return Digest.authorization(
                Challenge.all(message).getFirst(),
                account,
                "REGISTER",
                "sip:sip.example.net",
                1,
                "9fce1b20",
                Slice.EMPTY);
    }
}
