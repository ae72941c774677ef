// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import static referee.bench.Leg.whole;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import referee.bench.Scenario.Packet;
import referee.evidence.Endpoint;
import referee.sip.MessageBuilder;

/// Writes the packets of one scenario, in the order in which they are said.
final class Play {
    private static final String SDP = "application/sdp";
    private static final Endpoint PROXY = new Endpoint("198.51.100.1", 5060);

    private final Leg leg;
    private final SplittableRandom random;
    private final List<Packet> packets = new ArrayList<>();
    private double now;

    Play(Leg leg, SplittableRandom random) {
        this.leg = leg;
        this.random = random;
    }

    List<Packet> packets() {
        return packets;
    }

    void register(String password) {
        var first = leg.branch();
        phone(register(leg.nextCSeq(), first));
        server(
                leg.answer(401, "Unauthorized", "REGISTER", 1, first)
                        .header("WWW-Authenticate", leg.challenge(false)));
        var second = leg.branch();
        var cseq = leg.nextCSeq();
        phone(
                register(cseq, second)
                        .header("Authorization", leg.credentials("REGISTER", password)));
        server(leg.answer(200, "OK", "REGISTER", cseq, second).header("Expires", 3600));
    }

    void ping() {
        var branch = leg.branch();
        phone(leg.request("OPTIONS", leg.nextCSeq(), branch, false));
        server(leg.answer(200, "OK", "OPTIONS", 1, branch));
    }

    void call(double seconds) {
        answered();
        after(seconds);
        bye();
    }

    /// An authenticated INVITE up to its ACK.
    private void answered() {
        var invite = authenticated();
        server(leg.answer(100, "Trying", "INVITE", invite.cseq(), invite.branch()));
        after(0.8);
        server(leg.answer(180, "Ringing", "INVITE", invite.cseq(), invite.branch()));
        after(random.nextDouble(1, 8));
        server(
                leg.answer(200, "OK", "INVITE", invite.cseq(), invite.branch()),
                leg.sdp(leg.server()));
        phone(leg.request("ACK", invite.cseq(), leg.branch(), true));
    }

    private record Invite(int cseq, String branch) {}

    private Invite authenticated() {
        challenged();
        return retry("secret");
    }

    /// INVITE, 407, ACK.
    void challenged() {
        var branch = leg.branch();
        var cseq = leg.nextCSeq();
        phone(leg.request("INVITE", cseq, branch, false), leg.sdp(leg.phone()));
        server(
                leg.answer(407, "Proxy Authentication Required", "INVITE", cseq, branch)
                        .header("Proxy-Authenticate", leg.challenge(false)));
        phone(leg.ackToRefusal(cseq, branch));
    }

    private Invite retry(String password) {
        var invite = new Invite(leg.nextCSeq(), leg.branch());
        phone(
                leg.request("INVITE", invite.cseq(), invite.branch(), false)
                        .header("Proxy-Authorization", leg.credentials("INVITE", password)),
                leg.sdp(leg.phone()));
        return invite;
    }

    private void bye() {
        var branch = leg.branch();
        var cseq = leg.nextCSeq();
        phone(leg.request("BYE", cseq, branch, true));
        server(leg.answer(200, "OK", "BYE", cseq, branch));
    }

    void refused(int code, String phrase, double after) {
        var invite = authenticated();
        server(leg.answer(100, "Trying", "INVITE", invite.cseq(), invite.branch()));
        after(0.4);
        server(leg.answer(180, "Ringing", "INVITE", invite.cseq(), invite.branch()));
        after(after);
        server(leg.answer(code, phrase, "INVITE", invite.cseq(), invite.branch()));
        phone(leg.ackToRefusal(invite.cseq(), invite.branch()));
    }

    void cancelled() {
        var invite = authenticated();
        server(leg.answer(100, "Trying", "INVITE", invite.cseq(), invite.branch()));
        after(0.4);
        server(leg.answer(180, "Ringing", "INVITE", invite.cseq(), invite.branch()));
        after(random.nextDouble(3, 20));
        phone(leg.request("CANCEL", invite.cseq(), invite.branch(), false));
        server(leg.answer(200, "OK", "CANCEL", invite.cseq(), invite.branch()));
        server(leg.answer(487, "Request Terminated", "INVITE", invite.cseq(), invite.branch()));
        phone(leg.ackToRefusal(invite.cseq(), invite.branch()));
    }

    void transfer(boolean notifies) {
        answered();
        after(15);
        var branch = leg.branch();
        var cseq = leg.nextCSeq();
        phone(
                leg.request("REFER", cseq, branch, true)
                        .header("Refer-To", "<sip:target@example.net>"));
        server(leg.answer(202, "Accepted", "REFER", cseq, branch));
        if (notifies) {
            notify("SIP/2.0 100 Trying\r\n", "active;expires=60");
            after(random.nextDouble(2, 9));
            notify("SIP/2.0 200 OK\r\n", "terminated;reason=noresource");
            after(0.1);
        } else {
            after(60);
        }
        bye();
    }

    private void notify(String status, String state) {
        var branch = leg.branch();
        server(
                leg.serverRequest("NOTIFY", branch)
                        .header("Event", "refer")
                        .header("Subscription-State", state),
                "message/sipfrag;version=2.0",
                status);
        add(leg.phone(), leg.server(), whole(leg.phoneAnswer(200, "OK", "NOTIFY", branch)));
    }

    void wrongPassword() {
        challenged();
        for (var i = 0; i < 2; i++) {
            var invite = retry("wrong");
            server(
                    leg.answer(
                                    407,
                                    "Proxy Authentication Required",
                                    "INVITE",
                                    invite.cseq(),
                                    invite.branch())
                            .header("Proxy-Authenticate", leg.challenge(false)));
            phone(leg.ackToRefusal(invite.cseq(), invite.branch()));
        }
    }

    void ackLost() {
        var invite = authenticated();
        after(2);
        var answer =
                whole(
                        leg.answer(200, "OK", "INVITE", invite.cseq(), invite.branch()),
                        SDP,
                        leg.sdp(leg.server()));
        var start = now;
        for (var at : new double[] {0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5}) {
            now = start + at;
            add(leg.server(), leg.phone(), answer);
        }
        after(0.5);
        var branch = leg.branch();
        server(leg.serverRequest("BYE", branch));
        add(leg.phone(), leg.server(), whole(leg.phoneAnswer(200, "OK", "BYE", branch)));
    }

    void dead(String method, double[] schedule) {
        var body = method.equals("INVITE") ? leg.sdp(leg.phone()) : "";
        var bytes = whole(leg.request(method, leg.nextCSeq(), leg.branch(), false), SDP, body);
        for (var at : schedule) {
            now = at;
            add(leg.phone(), leg.server(), bytes);
        }
    }

    void stale() {
        var branch = leg.branch();
        var cseq = leg.nextCSeq();
        phone(register(cseq, branch));
        for (var i = 0; i < 5; i++) {
            server(
                    leg.answer(401, "Unauthorized", "REGISTER", cseq, branch)
                            .header("WWW-Authenticate", leg.challenge(i > 0)));
            if (i == 4) return;
            branch = leg.branch();
            cseq = leg.nextCSeq();
            phone(
                    register(cseq, branch)
                            .header("Authorization", leg.credentials("REGISTER", "secret")));
        }
    }

    /// A call seen before and behind a proxy that stays in the dialog.
    void proxied(double seconds) {
        var invite = new Invite(leg.nextCSeq(), leg.branch());
        through(leg.request("INVITE", invite.cseq(), invite.branch(), false), leg.sdp(leg.phone()));
        back(leg.answer(180, "Ringing", "INVITE", invite.cseq(), invite.branch()), "");
        after(4);
        back(
                leg.answer(200, "OK", "INVITE", invite.cseq(), invite.branch()),
                leg.sdp(leg.server()));
        through(leg.request("ACK", invite.cseq(), leg.branch(), true), "");
        after(seconds);
        var bye = new Invite(leg.nextCSeq(), leg.branch());
        through(leg.request("BYE", bye.cseq(), bye.branch(), true), "");
        back(leg.answer(200, "OK", "BYE", bye.cseq(), bye.branch()), "");
    }

    private void through(MessageBuilder request, String body) {
        var bytes = whole(request, SDP, body);
        add(leg.phone(), PROXY, bytes);
        add(
                PROXY,
                leg.server(),
                Hops.withVia(bytes, "SIP/2.0/UDP " + PROXY + ";branch=" + Hops.branch(bytes)));
    }

    private void back(MessageBuilder response, String body) {
        var bytes = whole(response, SDP, body);
        add(
                leg.server(),
                PROXY,
                Hops.withVia(bytes, "SIP/2.0/UDP " + PROXY + ";branch=" + Hops.branch(bytes)));
        add(PROXY, leg.phone(), bytes);
    }

    private MessageBuilder register(int cseq, String branch) {
        return leg.request("REGISTER", cseq, branch, false).header("Expires", 3600);
    }

    private void phone(MessageBuilder message) {
        add(leg.phone(), leg.server(), whole(message));
    }

    private void phone(MessageBuilder message, String sdp) {
        add(leg.phone(), leg.server(), whole(message, SDP, sdp));
    }

    private void server(MessageBuilder message) {
        add(leg.server(), leg.phone(), whole(message));
    }

    private void server(MessageBuilder message, String sdp) {
        server(message, SDP, sdp);
    }

    private void server(MessageBuilder message, String type, String body) {
        add(leg.server(), leg.phone(), whole(message, type, body));
    }

    private void after(double seconds) {
        now += seconds;
    }

    private void add(Endpoint from, Endpoint to, byte[] bytes) {
        packets.add(new Packet(now, from, to, bytes));
        now += random.nextDouble(0.02, 0.06);
    }
}
