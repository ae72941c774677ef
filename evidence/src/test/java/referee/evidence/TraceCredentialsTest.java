// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Traced.branch;
import static referee.evidence.Traced.header;
import static referee.evidence.Traced.messages;
import static referee.evidence.Traced.tag;

import org.junit.jupiter.api.Test;
import referee.sip.AuthParams;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.Digest;
import referee.sip.DigestAccount;
import referee.sip.DigestAlgorithm;
import referee.sip.DigestSecret;
import referee.sip.SipMessage;
import referee.sip.StartLine;

class TraceCredentialsTest {
    private static final String REGISTER =
            """
            actor alice 192.0.2.10
            actor registrar 192.0.2.1
            0 alice -> registrar REGISTER
            0 registrar -> alice 401 REGISTER
            """;

    @Test
    void answersAChallengeAndSendsTheSameRequestAgain() {
        var all =
                messages(
                        REGISTER
                                + "1 alice -> registrar REGISTER auth\n1 registrar -> alice 200 REGISTER\n");
        var retry = all.get(2);
        var challenge = Challenge.all(all.get(1)).getFirst();
        var credentials = Credentials.all(retry).getFirst();

        assertThat(tag(retry, "From")).isEqualTo(tag(all.get(0), "From"));
        assertThat(header(retry, "CSeq")).isEqualTo("2 REGISTER");
        assertThat(branch(retry)).isNotEqualTo(branch(all.get(0)));
        assertThat(credentials.answer(challenge)).isTrue();
        assertThat(isRight(retry, "alice", "secret")).isTrue();
        assertThat(header(retry, "Authorization"))
                .isEqualTo(
                        Digest.authorization(
                                        challenge,
                                        DigestAccount.of("alice", "secret"),
                                        "REGISTER",
                                        "sip:192.0.2.1",
                                        1,
                                        credentials.cnonce().orElseThrow(),
                                        retry.body())
                                .orElseThrow());
    }

    @Test
    void countsTheUsesOfANonce() {
        var all =
                messages(
                        REGISTER
                                + "1 alice -> registrar REGISTER auth\n1 registrar -> alice 200 REGISTER\n"
                                + "9 alice -> registrar REGISTER auth\n");

        assertThat(Credentials.all(all.get(4)).getFirst().nc()).contains("00000002");
        assertThat(header(all.get(4), "CSeq")).isEqualTo("3 REGISTER");
    }

    @Test
    void acksTheChallengeAndRepeatsTheCredentialsInTheAckToThe2xx() {
        var trace =
                """
                0 alice -> proxy INVITE
                0 proxy -> alice 407 INVITE
                0 alice -> proxy ACK
                1 alice -> proxy INVITE auth
                2 proxy -> alice 200 INVITE
                2 alice -> proxy ACK
                """;
        var all = messages(trace);

        Traced.assertWhole(Traced.sightings(trace));
        assertThat(branch(all.get(2))).isEqualTo(branch(all.get(0)));
        assertThat(tag(all.get(3), "To")).isEmpty();
        assertThat(isRight(all.get(3), "alice", "secret")).isTrue();
        assertThat(header(all.get(5), "Proxy-Authorization"))
                .isEqualTo(header(all.get(3), "Proxy-Authorization"))
                .isNotEmpty();
        assertThat(header(all.get(5), "CSeq")).isEqualTo("2 ACK");
    }

    @Test
    void answersAProxyAndAServerInOneRequest() {
        var all =
                messages(
                        """
                        actor alice 192.0.2.10
                        actor proxy 192.0.2.1
                        actor bob 192.0.2.20
                        0 alice -> proxy INVITE
                        0 proxy -> alice 407 INVITE
                        0 alice -> proxy ACK
                        1 alice -> proxy INVITE auth
                        1 proxy -> bob INVITE relayed
                        1 bob -> proxy 401 INVITE
                        1 proxy -> bob ACK
                        1 proxy -> alice 401 INVITE relayed
                        1 alice -> proxy ACK
                        2 alice -> proxy INVITE auth
                        """);
        var both = Credentials.all(all.getLast());

        assertThat(both)
                .extracting(one -> one.isProxy() + " " + one.realm().orElseThrow())
                .containsExactly("false 192.0.2.20", "true 192.0.2.1");
        assertThat(both.get(1).nc()).contains("00000002");
    }

    @Test
    void hashesSomethingElseThanItWritesWhereAsked() {
        var all =
                messages(
                        REGISTER
                                + "1 alice -> registrar REGISTER\n    Authorization: auto hash-uri=sip:192.0.2.1:5060\n");
        var retry = all.get(2);
        var credentials = Credentials.all(retry).getFirst();
        var digest =
                Digest.of(credentials, "REGISTER", retry.body())
                        .orElseThrow()
                        .withUri("sip:192.0.2.1:5060");

        assertThat(credentials.uri()).contains("sip:192.0.2.1");
        assertThat(isRight(retry, "alice", "secret")).isFalse();
        assertThat(
                        digest.response(
                                DigestSecret.of(
                                        DigestAlgorithm.MD5, "alice", "192.0.2.1", "secret")))
                .isEqualTo(credentials.response().orElseThrow());
    }

    @Test
    void writesParametersInTheFormAskedFor() {
        var all =
                messages(
                        REGISTER
                                + "1 alice -> registrar REGISTER\n"
                                + "    Authorization: auto user=al password=p nc=1 quoted=nc,qop unquoted=realm without=algorithm\n");
        var credentials = Credentials.all(all.get(2)).getFirst();

        assertThat(credentials.params().get("nc").orElseThrow().form())
                .isEqualTo(AuthParams.Form.QUOTED);
        assertThat(credentials.params().get("realm").orElseThrow().form())
                .isEqualTo(AuthParams.Form.TOKEN);
        assertThat(credentials.params().get("algorithm")).isEmpty();
        assertThat(credentials.nc()).contains("1");
        assertThat(isRight(all.get(2), "al", "p")).isTrue();
    }

    @Test
    void writesChallengesWithOneThingChanged() {
        var challenge =
                Challenge.all(
                                messages(
                                                """
                                                0 alice -> registrar REGISTER
                                                0 registrar -> alice 401 REGISTER
                                                    WWW-Authenticate: auto stale=true algorithm=SHA-256 qop=auth,auth-int realm=x opaque=o
                                                1 alice -> registrar REGISTER auth
                                                """)
                                        .get(1))
                        .getFirst();

        assertThat(challenge.isStale()).isTrue();
        assertThat(challenge.algorithm()).isEqualTo("SHA-256");
        assertThat(challenge.qop()).containsExactly("auth", "auth-int");
        assertThat(challenge.realm()).contains("x");
        assertThat(challenge.opaque()).contains("o");
    }

    @Test
    void hashesTheBodyForAuthInt() {
        var all =
                messages(
                        """
                        0 alice -> bob INVITE
                        0 bob -> alice 401 INVITE
                            WWW-Authenticate: auto qop=auth-int
                        0 alice -> bob ACK
                        1 alice -> bob INVITE auth
                            | v=0
                        """);

        assertThat(Credentials.all(all.get(3)).getFirst().qop()).contains("auth-int");
        assertThat(isRight(all.get(3), "alice", "secret")).isTrue();
    }

    @Test
    void answersWithAnEarlierNonceInAnotherCall() {
        var all =
                messages(
                        REGISTER
                                + "5 alice -> registrar INVITE call=2\n    Authorization: auto\n"
                                + "6 alice -> registrar INVITE call=3\n    Proxy-Authorization: auto nonce=old realm=x\n");

        assertThat(Credentials.all(all.get(2)).getFirst().nonce())
                .isEqualTo(Challenge.all(all.get(1)).getFirst().nonce());
        assertThat(Credentials.all(all.get(3)).getFirst().nonce()).contains("old");
    }

    private static boolean isRight(SipMessage request, String user, String password) {
        var credentials = Credentials.all(request).getFirst();
        var algorithm = DigestAlgorithm.of(credentials.algorithm()).orElseThrow();
        var secret = DigestSecret.of(algorithm, user, credentials.realm().orElseThrow(), password);
        var method = ((StartLine.Request) request.start()).method();
        return Digest.of(credentials, method, request.body())
                .orElseThrow()
                .response(secret)
                .equals(credentials.response().orElseThrow());
    }
}
