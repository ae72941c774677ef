// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.sip.HeaderName.AUTHORIZATION;
import static referee.sip.HeaderName.CALL_ID;
import static referee.sip.HeaderName.CONTACT;
import static referee.sip.HeaderName.CSEQ;
import static referee.sip.HeaderName.FROM;
import static referee.sip.HeaderName.PROXY_AUTHORIZATION;
import static referee.sip.HeaderName.VIA;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import referee.sip.Credentials;
import referee.sip.DigestAlgorithm;
import referee.sip.SipMessage;

class AuthenticationTest {
    private static final Challenger.Secrets SECRETS =
            (user, algorithm) ->
                    user.equals("alice")
                            ? Optional.of(Pair.ACCOUNT.secret(algorithm, "sip.example.net"))
                            : Optional.empty();

    private static Reply challenge(String rest) {
        return Reply.of(401).with("WWW-Authenticate", "Digest realm=\"sip.example.net\", " + rest);
    }

    private static Reply nonce(String nonce) {
        return challenge("nonce=\"" + nonce + "\", qop=\"auth\"");
    }

    private static Challenger challenger(boolean proxy, String qop, DigestAlgorithm... algorithms) {
        return new Challenger(
                "sip.example.net",
                proxy,
                List.of(algorithms),
                qop,
                Duration.ofMinutes(5),
                new SplittableRandom(1));
    }

    /// Bob lets nobody in without credentials.
    private static Pair guarded(Challenger challenger) {
        var pair = new Pair();
        return pair.bob((host, event) -> {
            var job = Pair.asked(event);
            if (job == null) return;
            var request =
                    event instanceof Event.Asked(_, var asked, _)
                            ? asked
                            : ((Event.Invited) event).request();
            var reply =
                    switch (challenger.check(host.now(), request, SECRETS)) {
                        case Challenger.Verdict.Accepted(_, var info) ->
                                info.map(one -> Reply.of(200).with("Authentication-Info", one))
                                        .orElse(Reply.of(200));
                        case Challenger.Verdict.Missing _ ->
                                challenger.challenge(host.now(), false);
                        case Challenger.Verdict.Stale _ -> challenger.challenge(host.now(), true);
                        case Challenger.Verdict.Wrong _ -> Reply.of(403);
                    };
            if (request.method().equals("REGISTER"))
                reply = reply.with("Contact", Pair.value(request, CONTACT));
            pair.reply(job, reply);
        });
    }

    private static Credentials credentials(SipMessage request) {
        return Credentials.all(request).getFirst();
    }

    @Test
    void answersUnderTheSameCallIdAndTagWithTheNextCSeqAndANewBranch() {
        var pair = guarded(challenger(false, "auth", DigestAlgorithm.MD5));
        pair.options();
        pair.run(60);
        var sent = pair.sent("OPTIONS");
        assertThat(Pair.values(sent, CSEQ)).containsExactly("1 OPTIONS", "2 OPTIONS");
        assertThat(new HashSet<>(Pair.values(sent, CALL_ID))).hasSize(1);
        assertThat(new HashSet<>(Pair.values(sent, FROM))).hasSize(1);
        assertThat(new HashSet<>(Pair.values(sent, VIA))).hasSize(2);
        assertThat(pair.alice.events(Event.Answered.class)).hasSize(1);
    }

    @Test
    void answersEveryAlgorithmWithAndWithoutQop() {
        for (var algorithm : DigestAlgorithm.values()) {
            for (var qop : List.of("auth", "auth-int", "auth,auth-int", "")) {
                if (qop.isEmpty() && algorithm.isSession()) continue;
                var pair = guarded(challenger(false, qop, algorithm));
                pair.options();
                pair.run(60);
                assertThat(pair.alice.events(Event.Answered.class))
                        .as(algorithm + " " + qop + "\n" + pair.net.story())
                        .hasSize(1);
                assertThat(pair.alice.events(Event.ServerProof.class))
                        .as(algorithm + " " + qop)
                        .allMatch(Event.ServerProof::right)
                        .hasSize(qop.isEmpty() ? 0 : 1);
            }
        }
    }

    @Test
    void takesTheUriToTheByteAsItIsSent() {
        var uri = "sip:bob@192.0.2.2:5060;transport=udp;X=%41";
        var pair = new Pair().answers(nonce("n"), Reply.of(200));
        pair.alice.start(pair.alice.agent().request(pair.net.now(), Draft.request("OPTIONS", uri)));
        pair.run(60);
        assertThat(credentials(pair.sent("OPTIONS").getLast()).uri()).contains(uri);
    }

    @Test
    void leavesOutCnonceAndCountWhereNoQopIsOffered() {
        var pair = new Pair().answers(challenge("nonce=\"n\""), Reply.of(200));
        pair.options();
        pair.run(60);
        var said = credentials(pair.sent("OPTIONS").getLast());
        assertThat(said.cnonce()).isEmpty();
        assertThat(said.nc()).isEmpty();
        assertThat(said.qop()).isEmpty();
    }

    @Test
    void readsSchemeAndParametersInAnyCaseQuotedOrNot() {
        var pair =
                new Pair()
                        .answers(
                                Reply.of(401)
                                        .with(
                                                "WWW-Authenticate",
                                                "DIGEST Realm=\"r\",NONCE=\"n\",ALGORITHM=\"md5\",QOP=auth,Stale=\"FALSE\""),
                                Reply.of(200));
        pair.options();
        pair.run(60);
        assertThat(pair.alice.events(Event.Answered.class)).hasSize(1);
    }

    @Test
    void takesTheTopmostAlgorithmItKnowsOrTheStrongestIfToldTo() {
        var offered =
                Reply.of(401)
                        .with(
                                "WWW-Authenticate",
                                "Digest realm=\"r\", nonce=\"a\", algorithm=SHA3-256, qop=\"auth\"")
                        .with(
                                "WWW-Authenticate",
                                "Digest realm=\"r\", nonce=\"b\", algorithm=MD5, qop=\"auth\"")
                        .with(
                                "WWW-Authenticate",
                                "Digest realm=\"r\", nonce=\"c\", algorithm=SHA-256, qop=\"auth\"");
        var topmost = new Pair().answers(offered, Reply.of(200));
        topmost.options();
        topmost.run(60);
        assertThat(Pair.values(topmost.sent("OPTIONS"), AUTHORIZATION).getLast())
                .contains("nonce=\"b\"");
        var strongest =
                new Pair(setup -> setup.preference(Preference.STRONGEST), setup -> setup)
                        .answers(offered, Reply.of(200));
        strongest.options();
        strongest.run(60);
        assertThat(Pair.values(strongest.sent("OPTIONS"), AUTHORIZATION).getLast())
                .contains("nonce=\"c\"");
    }

    @Test
    void answersNothingItCannotCompute() {
        var pair = new Pair().answers(challenge("nonce=\"n\", algorithm=SHA3-256, qop=\"auth\""));
        pair.options();
        pair.run(60);
        assertThat(pair.sent("OPTIONS")).hasSize(1);
        assertThat(pair.failure()).isInstanceOf(Failure.Unanswerable.class);
    }

    @Test
    void answersAProxyAndThenAServerAndKeepsBoth() {
        var pair =
                new Pair()
                        .answers(
                                Reply.of(407)
                                        .with(
                                                "Proxy-Authenticate",
                                                "Digest realm=\"p\", nonce=\"1\", qop=\"auth\""),
                                challenge("nonce=\"2\", qop=\"auth\""),
                                Reply.of(200));
        pair.options();
        pair.run(60);
        var last = pair.sent("OPTIONS").getLast();
        assertThat(Pair.value(last, PROXY_AUTHORIZATION)).contains("realm=\"p\"", "nc=00000002");
        assertThat(Pair.value(last, AUTHORIZATION))
                .contains("realm=\"sip.example.net\"", "nc=00000001");
        assertThat(pair.alice.events(Event.Answered.class)).hasSize(1);
    }

    @Test
    void answersSeveralRealmsOfOneResponseAtOnce() {
        var pair =
                new Pair()
                        .answers(
                                Reply.of(401)
                                        .with("WWW-Authenticate", "Digest realm=\"a\", nonce=\"1\"")
                                        .with("WWW-Authenticate", "Digest realm=\"b\", nonce=\"2\"")
                                        .with(
                                                "Proxy-Authenticate",
                                                "Digest realm=\"c\", nonce=\"3\""),
                                Reply.of(200));
        pair.options();
        pair.run(60);
        assertThat(Credentials.all(pair.sent("OPTIONS").getLast()))
                .extracting(one -> one.realm().orElseThrow())
                .containsExactly("a", "b", "c");
    }

    @Test
    void triesTheSameCredentialsOnceOnOneNonce() {
        var pair = new Pair().answers(nonce("same"));
        pair.options();
        pair.run(60);
        assertThat(pair.sent("OPTIONS")).hasSize(2);
        assertThat(pair.failure()).isInstanceOf(Failure.CredentialsRejected.class);
    }

    @Test
    void retriesAStaleNonceWithoutAWordAndOnceWhereStaleIsLeftOut() {
        var stale =
                new Pair()
                        .answers(
                                nonce("1"),
                                challenge("nonce=\"2\", qop=\"auth\", stale=TRUE"),
                                Reply.of(200));
        stale.options();
        stale.run(60);
        assertThat(stale.alice.events(Event.Challenged.class))
                .extracting(Event.Challenged::stale, Event.Challenged::staleOmitted)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(false, false),
                        org.assertj.core.groups.Tuple.tuple(true, false));
        var omitted = new Pair().answers(nonce("1"), nonce("2"), Reply.of(200));
        omitted.options();
        omitted.run(60);
        assertThat(omitted.alice.events(Event.Challenged.class).getLast().staleOmitted()).isTrue();
        assertThat(omitted.alice.events(Event.Answered.class)).hasSize(1);
        var twice = new Pair().answers(nonce("1"), nonce("2"), nonce("3"), Reply.of(200));
        twice.options();
        twice.run(60);
        assertThat(twice.failure()).isInstanceOf(Failure.CredentialsRejected.class);
    }

    @Test
    void givesUpOnAServerThatIsNeverContent() {
        var replies = new Reply[40];
        for (var i = 0; i < 40; i++)
            replies[i] = challenge("nonce=\"" + i + "\", qop=\"auth\", stale=true");
        var stale = new Pair().answers(replies);
        stale.options();
        stale.run(60);
        assertThat(stale.sent("OPTIONS")).hasSize(4);
        for (var i = 0; i < 40; i++)
            replies[i] =
                    Reply.of(401)
                            .with("WWW-Authenticate", "Digest realm=\"" + i + "\", nonce=\"n\"");
        var realms = new Pair().answers(replies);
        realms.options();
        realms.run(60);
        assertThat(realms.sent("OPTIONS").size()).isLessThan(12);
    }

    @Test
    void carriesCredentialsFromTheStartInLaterRequestsOfTheCallIdAndCountsThem() {
        var pair = guarded(challenger(false, "auth", DigestAlgorithm.SHA_256));
        var job = pair.register();
        pair.at(5, () -> pair.alice.carryOut(pair.alice.agent().unregister(pair.net.now(), job)));
        pair.run(60);
        assertThat(
                        pair.sent("REGISTER").stream()
                                .skip(1)
                                .map(one -> credentials(one).nc().orElseThrow()))
                .containsExactly("00000001", "00000002");
    }

    @Test
    void usesTheNextNonceItIsGivenAndCountsAnew() {
        var pair =
                new Pair()
                        .answers(
                                nonce("1"),
                                Reply.of(200)
                                        .with("Contact", "<sip:alice@192.0.2.1:5060>;expires=100")
                                        .with("Authentication-Info", "nextnonce=\"2\""));
        pair.register();
        pair.run(80);
        var refreshed = credentials(pair.sent("REGISTER").get(2));
        assertThat(refreshed.nonce()).contains("2");
        assertThat(refreshed.nc()).contains("00000001");
    }

    @Test
    void noticesAServerThatCannotProveThatItKnowsTheSecret() {
        var pair =
                new Pair()
                        .answers(
                                nonce("1"),
                                Reply.of(200)
                                        .with(
                                                "Authentication-Info",
                                                "rspauth=\"00000000000000000000000000000000\", qop=auth, nc=00000001"));
        pair.options();
        pair.run(60);
        assertThat(pair.alice.events(Event.ServerProof.class))
                .extracting(Event.ServerProof::right)
                .containsExactly(false);
    }

    @Test
    void acknowledgesAChallengedInviteAndAnswersIt() {
        var pair = guarded(challenger(true, "auth", DigestAlgorithm.SHA_512_256));
        pair.call();
        pair.run(20);
        assertThat(pair.ladder())
                .startsWith(
                        "alice INVITE sip:bob@192.0.2.2 SIP/2.0",
                        "bob SIP/2.0 407 Proxy Authentication Required",
                        "alice ACK sip:bob@192.0.2.2 SIP/2.0",
                        "alice INVITE sip:bob@192.0.2.2 SIP/2.0",
                        "bob SIP/2.0 200 OK",
                        "alice ACK sip:bob@192.0.2.2:5060 SIP/2.0");
        assertThat(Pair.value(pair.sent("ACK").getLast(), PROXY_AUTHORIZATION))
                .as("the ACK of a 2xx has the credentials of its INVITE")
                .isEqualTo(Pair.value(pair.sent("INVITE").getLast(), PROXY_AUTHORIZATION));
    }

    @Test
    void theServerRefusesAReplayAWrongSecretAndAnOldNonce() {
        var challenger = challenger(false, "auth", DigestAlgorithm.MD5);
        var pair = guarded(challenger);
        pair.options();
        pair.run(60);
        var good = pair.sent("OPTIONS").getLast();
        assertThat(challenger.check(pair.net.now(), good, SECRETS))
                .isInstanceOf(Challenger.Verdict.Stale.class);
        assertThat(
                        challenger.check(
                                pair.net.now(),
                                good,
                                (_, algorithm) ->
                                        Optional.of(
                                                referee.sip.DigestAccount.of("alice", "other")
                                                        .secret(algorithm, "sip.example.net"))))
                .isEqualTo(new Challenger.Verdict.Wrong("wrong response"));
        assertThat(challenger.check(SimNet.START.plusSeconds(9999), good, SECRETS))
                .isEqualTo(new Challenger.Verdict.Stale("the nonce is too old"));
        assertThat(challenger.check(pair.net.now(), pair.sent("OPTIONS").getFirst(), SECRETS))
                .isInstanceOf(Challenger.Verdict.Missing.class);
    }

    @Test
    void helpsWhoeverHasAnotherStackInOneCall() {
        var value =
                Authorization.answer(
                        "Digest realm=\"sip.example.net\", nonce=\"6d1f0a5e7b9c4d2e8f3a\", qop=\"auth,auth-int\"",
                        "REGISTER",
                        "sip:sip.example.net",
                        new byte[0],
                        Pair.ACCOUNT,
                        1,
                        "9fce1b20");
        assertThat(value.orElseThrow())
                .contains(
                        "response=\"fdc67719308d8121d486b3e9aaee462a\"", "nc=00000001", "qop=auth");
        assertThat(
                        Authorization.answer(
                                "Basic realm=\"a\"",
                                "REGISTER",
                                "sip:a",
                                new byte[0],
                                Pair.ACCOUNT,
                                1,
                                "c"))
                .isEmpty();
        assertThat(
                        Authorization.answer(
                                "Digest realm=\"a\", nonce=\"n\", algorithm=SHA3-256,\r\n Digest realm=\"a\", nonce=\"n\", algorithm=MD5",
                                "REGISTER",
                                "sip:a",
                                new byte[0],
                                Pair.ACCOUNT,
                                1,
                                "c"))
                .hasValueSatisfying(text -> assertThat(text).contains("algorithm=MD5"));
    }

    /// Whoever sends this method is challenged once by somebody on the way.
    private static void challengeOnce(
            Pair pair, String method, SimNet.Host who, SimNet.Host other) {
        pair.net.filter(packet -> {
            var message = packet.message();
            var hit =
                    packet.from().equals(who.toString())
                            && message.isRequest()
                            && message.method().equals(method)
                            && Credentials.all(message).isEmpty();
            if (hit) pair.net.inject(other, who, refusal(message));
            return !hit;
        });
    }

    private static Draft refusal(SipMessage request) {
        return Draft.response(407, "Proxy Authentication Required")
                .with("Via", Pair.value(request, VIA))
                .with("From", Pair.value(request, FROM))
                .with("To", Pair.value(request, referee.sip.HeaderName.TO))
                .with("Call-ID", Pair.value(request, CALL_ID))
                .with("CSeq", Pair.value(request, CSEQ))
                .with("Proxy-Authenticate", "Digest realm=\"p\", nonce=\"1\", qop=\"auth\"");
    }

    @Test
    void answersAChallengeInsideADialog() {
        for (var method : List.of("BYE", "UPDATE", "OPTIONS")) {
            var pair = new Pair().picksUp();
            challengeOnce(pair, method, pair.alice, pair.bob);
            var call = pair.call();
            var agent = pair.alice.agent();
            switch (method) {
                case "UPDATE" ->
                        pair.at(1, () -> pair.alice.carryOut(agent.update(pair.net.now(), call)));
                case "OPTIONS" ->
                        pair.at(
                                1,
                                () ->
                                        pair.alice.start(
                                                agent.inDialog(
                                                        pair.net.now(),
                                                        call,
                                                        Draft.request("OPTIONS", ""))));
                default -> {}
            }
            pair.at(3, () -> pair.alice.carryOut(agent.hangUp(pair.net.now(), call)));
            pair.run(60);
            assertThat(pair.sent(method)).as(method).hasSize(2);
            assertThat(pair.bob.events(Event.CallEnded.class)).as(method).hasSize(1);
        }
        var pair = new Pair().picksUp();
        var call = pair.call();
        pair.run(1);
        challengeOnce(pair, "INVITE", pair.alice, pair.bob);
        pair.alice.carryOut(pair.alice.agent().hold(pair.net.now(), call, true));
        pair.run(10);
        assertThat(pair.bob.events(Event.MediaChanged.class)).hasSize(1);
    }

    @Test
    void answersAChallengeOfItsNotify() {
        var pair =
                new Pair(
                        setup -> setup, setup -> setup.accounts(Accounts.everywhere(Pair.ACCOUNT)));
        pair.bob((host, event) -> {
            if (event instanceof Event.Invited(var job, _, _, _)) pair.reply(job, Reply.of(200));
            if (!(event instanceof Event.Referred(var job, _, _, _))) return;
            pair.reply(job, Reply.of(202));
            pair.notify(job, Notice.sipfrag(200, "OK", "terminated;reason=noresource"));
        });
        challengeOnce(pair, "NOTIFY", pair.bob, pair.alice);
        var call = pair.call();
        pair.at(1, () -> pair.transfer(call, Transferring.to("sip:carol@192.0.2.3")));
        pair.run(20);
        assertThat(pair.alice.events(Event.TransferOutcome.class))
                .extracting(Event.TransferOutcome::outcome)
                .containsExactly(new Outcome.Succeeded(200));
    }
}
