// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.inside;
import static referee.practice.Mischief.keepingBack;
import static referee.practice.Mischief.maybeAtTheGate;
import static referee.practice.Mischief.refusing;
import static referee.practice.Mischief.rewriting;
import static referee.practice.Mischief.sending;
import static referee.practice.Occasion.TRANSFER;
import static referee.practice.Party.TRANSFEREE;
import static referee.practice.Written.isRequest;

import java.util.List;
import referee.stack.Reply;

/// What can go wrong with who gets a REFER and is to call the target.
final class TransfereeFaults {
    private static final String ALLOW = "INVITE, ACK, CANCEL, BYE, OPTIONS";

    /// The discard service: nobody answers there.
    private static final int DEAD_PORT = 9;

    static final List<Fault> ALL =
            List.of(
                    TRANSFEREE.commits(
                            "refer-no-notify",
                            TRANSFER,
                            "accepts a REFER with 202 and never sends a NOTIFY",
                            () ->
                                    inside("REFER", turn -> turn.reply(202))
                                            .and(keepingBack(sent -> isRequest(sent, "NOTIFY")))),
                    TRANSFEREE.commits(
                            "refer-notify-late",
                            TRANSFER,
                            "says nothing for 40 s, then sends the outcome as its first NOTIFY",
                            () -> inside("REFER", Referrals::late)),
                    TRANSFEREE.commits(
                            "notify-terminated-without-outcome",
                            TRANSFER,
                            "ends the subscription at once: 100 Trying, terminated",
                            () -> inside("REFER", Referrals::endedAtOnce)),
                    TRANSFEREE.commits(
                            "notify-sipfrag-missing",
                            TRANSFER,
                            "sends NOTIFYs without a body",
                            () -> inside("REFER", Referrals::withoutBody)),
                    TRANSFEREE.commits(
                            "sipfrag-line-ending",
                            TRANSFER,
                            "ends the sipfrag with a bare LF",
                            () -> inside("REFER", Referrals::bareLf)),
                    TRANSFEREE.commits(
                            "refer-subscription-never-terminated",
                            TRANSFER,
                            "tells the outcome, but leaves the subscription active",
                            () -> inside("REFER", Referrals::leftActive)),
                    TRANSFEREE.commits(
                            "refer-subscription-expired-early",
                            TRANSFER,
                            "ends the subscription after 5 s, while the target still rings",
                            () -> inside("REFER", Referrals::expired)),
                    TRANSFEREE.commits(
                            "refer-subscription-expired-early/silent",
                            TRANSFER,
                            "says 100 Trying, and nothing more",
                            () -> inside("REFER", Referrals::silent)),
                    TRANSFEREE.commits(
                            "refer-notify-id-missing-or-misassigned",
                            TRANSFER,
                            "writes the id of another REFER into Event",
                            () -> inside("REFER", Referrals::otherId)),
                    TRANSFEREE.commits(
                            "refer-notify-out-of-order",
                            TRANSFER,
                            "sends NOTIFYs in the wrong order of their CSeq",
                            () -> inside("REFER", Referrals::twoAtOnce).and(new Swapped())),
                    TRANSFEREE.commits(
                            "refer-notify-unanswered",
                            TRANSFER,
                            "sends the NOTIFYs to a port where nobody listens",
                            () ->
                                    sending(
                                            sent -> isRequest(sent, "NOTIFY"),
                                            what -> what.toPort(DEAD_PORT))),
                    TRANSFEREE.commits(
                            "final-notify-bye-race",
                            TRANSFER,
                            "sends BYE, and the last NOTIFY right behind it",
                            () -> inside("REFER", Referrals::byeFirst)),
                    TRANSFEREE.commits(
                            "bye-after-2xx-kills-transfer",
                            TRANSFER,
                            "gives the referred call up when the transferor hangs up",
                            GivesUp::new),
                    TRANSFEREE.commits(
                            "call-destroyed-by-notify-terminated",
                            TRANSFER,
                            "forgets the call once the transfer has failed: BYE is answered 481",
                            () ->
                                    inside("REFER", Referrals::busy)
                                            .and(
                                                    refusing(
                                                            "BYE",
                                                            481,
                                                            "Call/Transaction Does Not Exist"))),
                    TRANSFEREE.commits(
                            "refer-declined-by-policy",
                            TRANSFER,
                            "declines every REFER with 603",
                            () -> inside("REFER", turn -> turn.reply(603))),
                    TRANSFEREE.commits(
                            "refer-method-unsupported",
                            TRANSFER,
                            "answers REFER with 405",
                            () ->
                                    inside(
                                            "REFER",
                                            turn ->
                                                    turn.reply(
                                                            Reply.of(405).with("Allow", ALLOW)))),
                    TRANSFEREE.commits(
                            "refer-no-final-response",
                            TRANSFER,
                            "never answers a REFER",
                            () -> inside("REFER", _ -> {})),
                    TRANSFEREE.commits(
                            "refer-target-not-routable",
                            TRANSFER,
                            "accepts the REFER and cannot dial its target: 404 in the sipfrag",
                            () -> inside("REFER", turn -> Referrals.failed(turn, 404))),
                    TRANSFEREE.commits(
                            "referred-invite-unauthenticated",
                            TRANSFER,
                            "has no account where it is sent: 407 in the sipfrag",
                            () -> inside("REFER", turn -> Referrals.failed(turn, 407))),
                    TRANSFEREE.commits(
                            "referral-params-altered",
                            TRANSFER,
                            "leaves Referred-By out of the INVITE it was sent to make",
                            () ->
                                    rewriting(
                                            sent -> isRequest(sent, "INVITE"),
                                            invite -> invite.without("Referred-By"))),
                    TRANSFEREE.commits(
                            "refer-sub-suppression-mishandled",
                            TRANSFER,
                            "says Refer-Sub: false in its 202, asked or not, and sends no NOTIFY",
                            () ->
                                    inside("REFER", Referrals::quietly)
                                            .and(keepingBack(sent -> isRequest(sent, "NOTIFY")))),
                    TRANSFEREE.lures(
                            "refer-2xx-taken-as-outcome",
                            TRANSFER,
                            "accepts the REFER with 202, and then the target is busy",
                            () -> inside("REFER", Referrals::busySoon)),
                    TRANSFEREE.lures(
                            "notify-before-2xx-rejected",
                            TRANSFER,
                            "sends the first NOTIFY before its 202",
                            () -> inside("REFER", Referrals::notifiedFirst)),
                    TRANSFEREE.lures(
                            "refer-challenge-unanswered",
                            TRANSFER,
                            "asks for credentials for the REFER, in the call",
                            () -> maybeAtTheGate("REFER", Gates::trunk)),
                    TRANSFEREE.lures(
                            "refer-notify-id-mismatch-after-auth",
                            TRANSFER,
                            "asks for credentials for the REFER: its NOTIFYs name the second one",
                            () -> maybeAtTheGate("REFER", Gates::trunk)));

    private TransfereeFaults() {}
}
