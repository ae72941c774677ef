// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static referee.sip.DigestAlgorithm.AKA_V1_MD5;
import static referee.sip.DigestAlgorithm.MD5;
import static referee.sip.DigestAlgorithm.MD5_SESS;
import static referee.sip.DigestAlgorithm.SHA_256;
import static referee.sip.DigestAlgorithm.SHA_256_SESS;
import static referee.sip.DigestAlgorithm.SHA_512_256;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestTest {
    private static final String INVITE_URI = "sip:+15551230000@sip.example.net:5060;transport=udp";
    private static final String REFER_URI = "sip:bob@192.0.2.20:5060";
    private static final String BODY =
            "v=0\r\no=- 1 1 IN IP4 192.0.2.10\r\ns=-\r\nc=IN IP4 192.0.2.10\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0\r\n";

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    V1 RFC 2617 §3.5   | MD5     | auth | Mufasa   | testrealm@host.com    | Circle Of Life | GET    | /dir/index.html            | dcd98b7102dd2f0e8b11d0f600bfb0c093           | 00000001 | 0a4f113b                                     | 6629fae49393a05397450978507c4ef1
                    V2 legacy form     | MD5     |      | Mufasa   | testrealm@host.com    | Circle Of Life | GET    | /dir/index.html            | dcd98b7102dd2f0e8b11d0f600bfb0c093           |          |                                              | 670fd8c2df070c60b045671b8b24ff02
                    V3 RFC 2069 §2.4   | MD5     |      | Mufasa   | testrealm@host.com    | CircleOfLife   | GET    | /dir/index.html            | dcd98b7102dd2f0e8b11d0f600bfb0c093           |          |                                              | 1949323746fe6a43ef61f9606e7febea
                    V4 RFC 7616 §3.9.1 | MD5     | auth | Mufasa   | http-auth@example.org | Circle of Life | GET    | /dir/index.html            | 7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v | 00000001 | f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ | 8ca523f5e9506fed4657c9700eebdbec
                    V5 RFC 7616 §3.9.1 | SHA-256 | auth | Mufasa   | http-auth@example.org | Circle of Life | GET    | /dir/index.html            | 7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v | 00000001 | f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ | 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1
                    V7 RFC 5090 §6     | MD5     | auth | 12345678 | example.com           | secret         | INVITE | sip:97226491335@example.com | 3bada1a0                                    | 00000001 | 56593a80                                     | 756933f735fcd93f90a4bbdd5467f263
                    V8 RFC 5090 §6     | MD5     | auth | 12345678 | example.com           | secret         | GET    | /index.html                | a3086ac8                                     | 00000001 | 56593a80                                     | a4fac45c27a30f4f244c54a2e99fa117
                    """)
    void computesThePublishedVectors(
            String id,
            String algorithm,
            String qop,
            String user,
            String realm,
            String password,
            String method,
            String uri,
            String nonce,
            String nc,
            String cnonce,
            String expected) {
        var hash = DigestAlgorithm.of(algorithm).orElseThrow();
        var digest = Digest.of(hash, nonce, text(qop), text(nc), text(cnonce), method, uri);

        assertThat(digest.response(DigestSecret.of(hash, user, realm, password)))
                .isEqualTo(expected);
    }

    @Test
    void computesTheServersProofOfThePublishedVectors() {
        var secret = DigestSecret.of(MD5, "12345678", "example.com", "secret");

        assertThat(
                        Digest.of(
                                        MD5,
                                        "3bada1a0",
                                        "auth",
                                        "00000001",
                                        "56593a80",
                                        "INVITE",
                                        "sip:97226491335@example.com")
                                .rspauth(secret))
                .isEqualTo("f847de948d12285f8f4199e366f1af21");
        assertThat(
                        Digest.of(
                                        MD5,
                                        "a3086ac8",
                                        "auth",
                                        "00000001",
                                        "56593a80",
                                        "GET",
                                        "/index.html")
                                .rspauth(secret))
                .isEqualTo("08c4e942d1d0a191de8b3aa98cd35147");
    }

    @Test
    void doesNotComputeWhatRfc2069PrintsWrongly() {
        var secret = DigestSecret.of(MD5, "Mufasa", "testrealm@host.com", "CircleOfLife");
        var digest =
                Digest.of(
                        MD5,
                        "dcd98b7102dd2f0e8b11d0f600bfb0c093",
                        "",
                        "",
                        "",
                        "GET",
                        "/dir/index.html");

        assertThat(digest.response(secret)).isNotEqualTo("e966c932a9242554e42c8ee200cec7f6");
    }

    @Test
    void computesSha512256WithItsOwnInitialValuesAndNotAsRfc7616Prints() {
        var user = "Jäsøn Doe";
        var secret = DigestSecret.of(SHA_512_256, user, "api@example.org", "Secret, or not?");
        var digest =
                Digest.of(
                        SHA_512_256,
                        "5TsQWLVdgBdmrQ0XsxbDODV+57QdFR34I9HAbC/RVvkK",
                        "auth",
                        "00000001",
                        "NTg6RKcb9boFIAS3KrFK9BGeh+iDa/sm6jUMp2wds69v",
                        "GET",
                        "/doe.json");
        var userhash = Digest.userhash(SHA_512_256, user, "api@example.org");

        assertThat(digest.response(secret))
                .isEqualTo("3798d4131c277846293534c3edc11bd8a5e4cdcbff78b05db9d95eeb1cec68a5")
                .isNotEqualTo("ae66e67d6b427bd3f120414a82e4acff38e8ecd9101d6c861229025f607a79dd");
        assertThat(userhash)
                .isEqualTo("793263caabb707a56211940d90411ea4a575adeccb7e360aeb624ed06ece9b0b")
                .isNotEqualTo("488869477bf257147b804c45308cd62ac4e25eb717b12b298c79e62dcea254ec");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    S01 | MD5          |          | 00000001 | REGISTER |      | 1295df436c03d82d7a567db04f89f862
                    S02 | MD5          | auth     | 00000001 | REGISTER |      | fdc67719308d8121d486b3e9aaee462a
                    S03 | MD5          | auth     | 00000002 | REGISTER |      | a62e98ac8b820e400121654f48d6992f
                    S04 | SHA-256      | auth     | 00000001 | REGISTER |      | cce7fef6a056f2cebbb233c135c3998079c7baa3a3df31371bfbdb7c6ea61eb7
                    S05 | SHA-512-256  | auth     | 00000001 | REGISTER |      | 86db9feefae42589718a3f206209f35e6869fc45e4e4d0c101c8ac9563406250
                    S06 | MD5-sess     | auth     | 00000001 | REGISTER |      | 6e6cf8db39530b33d94200b28d876b63
                    S07 | SHA-256-sess | auth     | 00000001 | REGISTER |      | db197837ac15377ec8a9ab6baa60df957b3b47331dfa1bdec0a07704d18c86be
                    S08 | MD5          | auth-int | 00000001 | REGISTER |      | 19b42ecdd48cce57a47bc3f772f7806e
                    S09 | MD5          | auth-int | 00000001 | INVITE   | body | 5605af7595f68c337044ff3a3b1a9b62
                    S10 | MD5          | auth     | 00000001 | INVITE   | body | 70e6057864be72145926f19430ab2812
                    S11 | SHA-256      | auth     | 00000001 | REFER    |      | 862f354797171122f258550ae7f41ca6e7dc56f12ea117338f4a0518482fd1ba
                    """)
    void computesTheDerivedVectors(
            String id,
            String algorithm,
            String qop,
            String nc,
            String method,
            String body,
            String expected) {
        var hash = DigestAlgorithm.of(algorithm).orElseThrow();

        assertThat(
                        request(hash, method)
                                .withQop(text(qop))
                                .withNc(nc)
                                .withBody(Slice.of(body == null ? "" : BODY))
                                .response(alice(hash)))
                .isEqualTo(expected);
    }

    @Test
    void computesTheServersProofOfADerivedVector() {
        assertThat(request(MD5, "REGISTER").rspauth(alice(MD5)))
                .isEqualTo("49618d7468f148cecb51c2606e5752f3");
    }

    /// Each wrong response comes from one change to what is right, so the change can be named.
    @Test
    void reproducesEachKnownMistakeByChangingOnePart() {
        var right = request(MD5, "INVITE");
        var secret = alice(MD5);

        assertThat(right.withUri("sip:+15551230000@sip.example.net").response(secret))
                .isEqualTo("9d314d0213ba6e737a694b3847e8eea1");
        assertThat(right.withMethod("REGISTER").response(secret))
                .isEqualTo("a6a8ea7e076f7d48fc9dbe66b248dcfa");
        assertThat(right.withQop("auth,auth-int").response(secret))
                .isEqualTo("cf3adecc878dd2bf260ddf3cc58cd33f");
        assertThat(right.withQop("").response(secret))
                .isEqualTo("7f10134a9722c834f729ff8ac5be2f08");
        assertThat(right.response(secret("alice@sip.example.net", "s3cr3t pass")))
                .isEqualTo("50333b12f26718c7dc8a2ad8f5da09c6");
        assertThat(right.response(secret("alice", "s3cr3t pass ")))
                .isEqualTo("9ce47727e6396217ff4b45dfb81205ab");
        assertThat(right.response(secret("alice", "s3cr3t%20pass")))
                .isEqualTo("9c4f6cde1cc7ebab82318fe5c8e9fedb");
        assertThat(
                        right.withQop("auth-int")
                                .withBody(Slice.of(BODY.replace("\r\n", "\n")))
                                .response(secret))
                .isEqualTo("5de33ad49d7ce1311a34c0d0d1ffb243");
        assertThat(right.withUri("<" + INVITE_URI + ">").response(secret))
                .isEqualTo("aa0416159cbd6787b6c76d6333c21c42");
        assertThat(right.withNc("1").response(secret))
                .isEqualTo("340e13a2a130b3734f212ad76df2a904");
        assertThat(request(SHA_256, "REFER").withAlgorithm(MD5).response(alice(MD5)))
                .isEqualTo("2ad462c2fcbfcb62a6fc7d02a519cf1d");
    }

    @Test
    void takesTheOctetsOfResForAPasswordInAka() {
        var res = HexFormat.of().parseHex("a54211d5e3ba50bf");
        var secret = DigestSecret.of(AKA_V1_MD5, "user1_private@home1.net", "home1.net", res);
        var digest =
                Digest.of(
                        AKA_V1_MD5,
                        "I1U8vpY3qJ0hiuZNrke/NVXzKLQ1d7m5Sp/6w1Tfr7M=",
                        "auth",
                        "00000001",
                        "0a4f113b",
                        "REGISTER",
                        "sip:home1.net");

        assertThat(secret.ha1()).isEqualTo("3d77b71f334d3e838e2da1a3b8266f43");
        assertThat(digest.response(secret)).isEqualTo("d631c17126f6ad3a5984ced4459958df");
    }

    @ParameterizedTest
    @CsvSource({
        "MD5, d41d8cd98f00b204e9800998ecf8427e",
        "SHA-256, e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "SHA-512-256, c672b8d1ef56ed28ab87c3622c5114069bdd3ad7b8f9737498d0c01ecef0967a"
    })
    void hashesNothing(String algorithm, String expected) {
        assertThat(DigestAlgorithm.of(algorithm).orElseThrow().hex("")).isEqualTo(expected);
    }

    @Test
    void takesAStoredHa1InsteadOfAPassword() {
        var secret = DigestSecret.ofHa1("d1fa232595b4453e83ec06e6f8fbb406");

        assertThat(request(MD5, "REGISTER").response(secret))
                .isEqualTo("fdc67719308d8121d486b3e9aaee462a");
        assertThat(secret).hasToString("***");
        assertThat(request(MD5_SESS, "REGISTER").response(secret))
                .isEqualTo("6e6cf8db39530b33d94200b28d876b63");
        assertThat(SHA_256_SESS.isSession()).isTrue();
    }

    @Test
    void readsTheCredentialsOfRfc5090ThoughTheyAreMisprinted() {
        var message =
                (SipMessage)
                        SipParser.parse(
                                Slice.of(
                                        "INVITE sip:97226491335@example.com SIP/2.0\r\n"
                                                + "Proxy-Authorization: Digest algorithm=\"md5\",nonce=\"3bada1a0\",opaque=\"\",realm=\"example.com\","
                                                + "response=\"756933f735fcd93f90a4bbdd5467f263\",uri=\"sip:97226491335@example.com\",username=\"12345678\","
                                                + "qop=auth,nc=\"00000001\",cnonce=\"56593a80\r\n\r\n"));
        var credentials = Credentials.all(message).getFirst();
        var digest = Digest.of(credentials, "INVITE", Slice.EMPTY).orElseThrow();

        assertThat(digest.response(DigestSecret.of(MD5, "12345678", "example.com", "secret")))
                .isEqualTo(credentials.response().orElseThrow());
        assertThat(credentials.params().get("cnonce").orElseThrow().form())
                .isEqualTo(AuthParams.Form.UNENDED);
        assertThat(credentials.toString()).doesNotContain("756933f7");
    }

    private static Digest request(DigestAlgorithm algorithm, String method) {
        var uri =
                switch (method) {
                    case "INVITE" -> INVITE_URI;
                    case "REFER" -> REFER_URI;
                    default -> "sip:sip.example.net";
                };
        return Digest.of(
                algorithm, "6d1f0a5e7b9c4d2e8f3a", "auth", "00000001", "9fce1b20", method, uri);
    }

    private static DigestSecret alice(DigestAlgorithm algorithm) {
        return DigestSecret.of(
                algorithm, "alice", "sip.example.net", "s3cr3t pass".getBytes(UTF_8));
    }

    private static DigestSecret secret(String user, String password) {
        return DigestSecret.of(MD5, user, "sip.example.net", password);
    }

    private static String text(String cell) {
        return cell == null ? "" : cell;
    }
}
