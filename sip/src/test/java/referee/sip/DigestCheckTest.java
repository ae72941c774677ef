// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestCheckTest {
    private static final String INVITE_URI = "sip:+15551230000@sip.example.net:5060;transport=udp";
    private static final String REFER_URI = "sip:bob@192.0.2.20:5060";
    private static final String BODY =
            "v=0\r\no=- 1 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0\r\n";
    private static final String NONCE = "6d1f0a5e7b9c4d2e8f3a";
    private static final Keyring ALICE = ring("alice sip.example.net s3cr3t pass");

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    M01 | qop=auth     | URI       | sip:+15551230000@sip.example.net | 9d314d0213ba6e737a694b3847e8eea1
                    M02 | qop=auth     | METHOD    | method REGISTER                  | a6a8ea7e076f7d48fc9dbe66b248dcfa
                    M03 | qop=auth     | QOP       | qop auth,auth-int                | cf3adecc878dd2bf260ddf3cc58cd33f
                    M04 | qop=auth     | FORM      | without nc, cnonce and qop       | 7f10134a9722c834f729ff8ac5be2f08
                    M05 | qop=auth     | USERNAME  | "alice@sip.example.net"          | 50333b12f26718c7dc8a2ad8f5da09c6
                    M06 | qop=auth     | PASSWORD  | with a space at its end          | 9ce47727e6396217ff4b45dfb81205ab
                    M07 | qop=auth     | PASSWORD  | percent-encoded                  | 9c4f6cde1cc7ebab82318fe5c8e9fedb
                    M08 | qop=auth-int | BODY      | with LF line ends                | 5de33ad49d7ce1311a34c0d0d1ffb243
                    M09 | qop=auth     | URI       | <sip:+15551230000                | aa0416159cbd6787b6c76d6333c21c42
                    M10 | qop=auth     | FORM      | nc 1                             | 340e13a2a130b3734f212ad76df2a904
                    """)
    void namesEachKnownMistake(
            String id, String qop, DigestMistake mistake, String says, String response) {
        assertMistaken(
                check(invite("MD5", qop, "00000001", response), List.of()).by(ALICE),
                mistake,
                says);
    }

    @Test
    void namesMd5UsedForASha256Challenge() {
        var check = check(refer("2ad462c2fcbfcb62a6fc7d02a519cf1d"), List.of());

        assertMistaken(check.by(ALICE), DigestMistake.ALGORITHM, "algorithm MD5");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "S09, MD5, qop=auth-int, 5605af7595f68c337044ff3a3b1a9b62",
        "S10, MD5, qop=auth, 70e6057864be72145926f19430ab2812"
    })
    void findsTheRightResponseRight(String id, String algorithm, String qop, String response) {
        assertThat(check(invite(algorithm, qop, "00000001", response), List.of()).by(ALICE))
                .isEqualTo(new DigestVerdict.Right());
        assertMistaken(
                check(
                                invite(
                                        algorithm,
                                        qop,
                                        "00000001",
                                        response.toUpperCase(java.util.Locale.ROOT)),
                                List.of())
                        .by(ALICE),
                DigestMistake.UPPER_CASE,
                "upper-case");
    }

    @Test
    void takesAnHa1InsteadOfAPassword() {
        var ring = ring("alice * ha1:d1fa232595b4453e83ec06e6f8fbb406");

        assertThat(verdict(ring, "qop=auth", "70e6057864be72145926f19430ab2812"))
                .isEqualTo(new DigestVerdict.Right());
        assertMistaken(
                verdict(ring, "qop=auth", "a6a8ea7e076f7d48fc9dbe66b248dcfa"),
                DigestMistake.METHOD,
                "REGISTER");
    }

    @Test
    void saysThatThePasswordDiffersOnlyWhereNoMistakeFits() {
        assertThat(verdict(ALICE, "qop=auth", "00000000000000000000000000000000"))
                .isEqualTo(new DigestVerdict.Different());
        assertThat(verdict(ALICE, "qop=auth", "tooshort")).isEqualTo(new DigestVerdict.Unknown());
        assertThat(verdict(ring("bob * x"), "qop=auth", "00000000000000000000000000000000"))
                .isEqualTo(new DigestVerdict.Unknown());
        assertThat(verdict(Keyring.EMPTY, "qop=auth", "70e6057864be72145926f19430ab2812"))
                .isEqualTo(new DigestVerdict.Unknown());
    }

    @Test
    void findsTheNonceOfAnEarlierChallenge() {
        var response = right().withNonce("older").response(secret("alice", "s3cr3t pass"));

        assertMistaken(
                check(invite("MD5", "qop=auth", "00000001", response), List.of("older")).by(ALICE),
                DigestMistake.NONCE,
                "an earlier challenge");
    }

    @Test
    void findsRealmsFormsCountsAndAlgorithmsOfManyKinds() {
        assertMistake(
                right().response(DigestSecret.of(DigestAlgorithm.MD5, "alice", "", "s3cr3t pass")),
                DigestMistake.REALM);
        assertMistake(
                right().withCnonce("").response(secret("alice", "s3cr3t pass")),
                DigestMistake.FORM);
        assertMistake(
                right().withUri("sip:alice@192.0.2.10").response(secret("alice", "s3cr3t pass")),
                DigestMistake.URI);
        assertMistake(
                right().withAlgorithm(DigestAlgorithm.MD5_SESS)
                        .response(secret("alice", "s3cr3t pass")),
                DigestMistake.ALGORITHM);
        assertMistake(
                right().response(secret("sip:alice@sip.example.net", "s3cr3t pass")),
                DigestMistake.USERNAME);
        assertMistake(right().response(secret("alice", "\"s3cr3t pass\"")), DigestMistake.PASSWORD);
        assertMistake(right().response(secret("alice", "s3cr3t")), DigestMistake.PASSWORD);
    }

    @Test
    void tellsLatin1FromUtf8() {
        var secret =
                DigestSecret.of(
                        DigestAlgorithm.MD5,
                        "alice",
                        "sip.example.net",
                        "Jäsøn".getBytes(ISO_8859_1));

        assertMistaken(
                verdict(ring("alice * Jäsøn"), "qop=auth", right().response(secret)),
                DigestMistake.PASSWORD,
                "as Latin-1");
    }

    @Test
    void knowsAnAccountUnderANameWithADomain() {
        var ring = ring("alice@sip.example.net * s3cr3t pass");

        assertMistaken(
                verdict(ring, "qop=auth", "70e6057864be72145926f19430ab2812"),
                DigestMistake.USERNAME,
                "the account is \"alice@sip.example.net\"");
        assertMistaken(
                verdict(ring, "qop=auth", "50333b12f26718c7dc8a2ad8f5da09c6"),
                DigestMistake.USERNAME,
                "the header says \"alice\"");
    }

    /// RFC 7616 §3.9.2 prints a response that SHA-512, cut to its half, gives.
    @Test
    void recognisesSha512CutToHalf() {
        var request =
                request(
                        "GET /doe.json SIP/2.0",
                        "username*=UTF-8''J%C3%A4s%C3%B8n%20Doe, realm=\"api@example.org\", uri=\"/doe.json\","
                                + " algorithm=SHA-512-256, nonce=\"5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK\", nc=00000001,"
                                + " cnonce=\"NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v\", qop=auth,"
                                + " response=\"ae66e67d6b427bd3f120414a82e4acff38e8ecd9101d6c861229025f607a79dd\"",
                        "");

        assertMistaken(
                check(request, List.of()).by(ring("\"Jäsøn Doe\" api@example.org Secret, or not?")),
                DigestMistake.ALGORITHM,
                "SHA-512 cut");
    }

    @Test
    void writesTheHeaderThatWouldHaveBeenRightAndHidesItsResponse() {
        var check =
                new DigestCheck(
                        Credentials.all(
                                        invite(
                                                "MD5",
                                                "qop=auth",
                                                "00000001",
                                                "9d314d0213ba6e737a694b3847e8eea1"))
                                .getFirst(),
                        invite("MD5", "qop=auth", "00000001", "9d314d0213ba6e737a694b3847e8eea1"),
                        Optional.of(challenge()),
                        List.of());

        assertThat(check.right(ALICE).orElseThrow())
                .contains("uri=\"" + INVITE_URI + "\"")
                .contains("response=\"***\"")
                .doesNotContain("70e6057864be72145926f19430ab2812");
        assertThat(check.right(new Keyring(ALICE.keys(), true)).orElseThrow())
                .contains("response=\"70e6057864be72145926f19430ab2812\"");
        assertThat(ALICE.toString()).doesNotContain("s3cr3t");
    }

    private static Digest right() {
        return Digest.of(
                DigestAlgorithm.MD5, NONCE, "auth", "00000001", "9fce1b20", "INVITE", INVITE_URI);
    }

    private static DigestSecret secret(String user, String password) {
        return DigestSecret.of(DigestAlgorithm.MD5, user, "sip.example.net", password);
    }

    private static void assertMistake(String response, DigestMistake mistake) {
        assertMistaken(verdict(ALICE, "qop=auth", response), mistake, "");
    }

    private static void assertMistaken(DigestVerdict verdict, DigestMistake mistake, String says) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        DigestVerdict.Mistaken.class,
                        found -> {
                            assertThat(found.mistake()).isEqualTo(mistake);
                            assertThat(found.says()).contains(says).doesNotContain("s3cr3t");
                        });
    }

    private static DigestVerdict verdict(Keyring ring, String qop, String response) {
        return check(invite("MD5", qop, "00000001", response), List.of()).by(ring);
    }

    private static DigestCheck check(SipMessage request, List<String> earlier) {
        return new DigestCheck(
                Credentials.all(request).getFirst(), request, Optional.empty(), earlier);
    }

    private static SipMessage invite(String algorithm, String qop, String nc, String response) {
        return request(
                "INVITE " + INVITE_URI + " SIP/2.0",
                "username=\"alice\", realm=\"sip.example.net\", nonce=\"%s\", uri=\"%s\", algorithm=%s, %s, nc=%s, cnonce=\"9fce1b20\", response=\"%s\""
                        .formatted(NONCE, INVITE_URI, algorithm, qop, nc, response),
                BODY);
    }

    private static SipMessage refer(String response) {
        return request(
                "REFER " + REFER_URI + " SIP/2.0",
                "username=\"alice\", realm=\"sip.example.net\", nonce=\"%s\", uri=\"%s\", algorithm=SHA-256, qop=auth, nc=00000001, cnonce=\"9fce1b20\", response=\"%s\""
                        .formatted(NONCE, REFER_URI, response),
                "");
    }

    private static SipMessage request(String line, String credentials, String body) {
        return (SipMessage)
                SipParser.parse(
                        Slice.of(
                                line
                                        + "\r\nFrom: <sip:alice@192.0.2.10>;tag=1\r\nTo: <sip:bob@192.0.2.20>\r\nAuthorization: Digest "
                                        + credentials
                                        + "\r\nContent-Length: "
                                        + body.length()
                                        + "\r\n\r\n"
                                        + body));
    }

    private static Challenge challenge() {
        var response =
                (SipMessage)
                        SipParser.parse(
                                Slice.of(
                                        "SIP/2.0 401 Unauthorized\r\nWWW-Authenticate: Digest realm=\"sip.example.net\", nonce=\""
                                                + NONCE
                                                + "\", qop=\"auth\"\r\n\r\n"));
        return Challenge.all(response).getFirst();
    }

    private static Keyring ring(String lines) {
        return KeyringReader.read(lines.getBytes(UTF_8)).keyring();
    }
}
