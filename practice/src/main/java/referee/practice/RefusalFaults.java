// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.gate;
import static referee.practice.Mischief.inside;
import static referee.practice.Mischief.refusing;
import static referee.practice.Occasion.CALL;
import static referee.practice.Occasion.CANCEL;
import static referee.practice.Occasion.OPTIONS;
import static referee.practice.Party.TRUNK;

import java.util.List;
import referee.stack.Reply;

/// Refusals of a trunk that say little, or too much.
final class RefusalFaults {
    static final List<Fault> ALL =
            List.of(
                    TRUNK.commits(
                            "human-outcome-not-a-fault",
                            CALL,
                            "answers INVITE with 486: no fault at all",
                            () -> invite(Reply.of(486))),
                    TRUNK.commits(
                            "trunk-source-not-allowed",
                            CALL,
                            "answers INVITE with 403 before it asks for credentials",
                            () ->
                                    gate(
                                            "INVITE",
                                            turn ->
                                                    turn.reply(
                                                            Reply.of(
                                                                    403,
                                                                    "Source address not"
                                                                            + " allowed")))),
                    TRUNK.commits(
                            "forbidden-by-policy",
                            CALL,
                            "answers INVITE with 403 though the credentials are right",
                            () -> invite(Reply.of(403, "Caller number not allowed"))),
                    TRUNK.commits(
                            "callee-not-registered",
                            CALL,
                            "answers INVITE with 480",
                            () -> invite(Reply.of(480))),
                    TRUNK.commits(
                            "number-format-rejected",
                            CALL,
                            "answers INVITE with 484",
                            () -> invite(Reply.of(484))),
                    TRUNK.commits(
                            "media-negotiation-488",
                            CALL,
                            "answers INVITE with 488",
                            () ->
                                    invite(
                                            Reply.of(488)
                                                    .with(
                                                            "Warning",
                                                            "305 practice \"Incompatible media"
                                                                    + " format\""))),
                    TRUNK.commits(
                            "extension-negotiation-failed",
                            CALL,
                            "answers 421: it insists on an extension that nobody has",
                            () -> invite(Reply.of(421).with("Require", "x-practice"))),
                    TRUNK.commits(
                            "session-interval-422",
                            CALL,
                            "answers 422 without Min-SE",
                            () -> invite(Reply.of(422))),
                    TRUNK.commits(
                            "session-interval-422/rising",
                            CALL,
                            "answers 422 again and again, each time with a longer Min-SE",
                            Rising::new),
                    TRUNK.commits(
                            "redirect-not-followed",
                            CALL,
                            "redirects with 302 and says not whereto",
                            () -> invite(Reply.of(302))),
                    TRUNK.commits(
                            "merged-or-spiral-482",
                            CALL,
                            "takes an INVITE for a loop: 482",
                            () -> invite(Reply.of(482))),
                    TRUNK.commits(
                            "routing-loop-483",
                            CALL,
                            "answers INVITE with 483 as after too many hops",
                            () -> invite(Reply.of(483))),
                    TRUNK.commits(
                            "sips-downgraded",
                            CALL,
                            "answers INVITE with 480 and Warning 381: it wants a sips URI",
                            () ->
                                    invite(
                                            Reply.of(480)
                                                    .with(
                                                            "Warning",
                                                            "381 practice \"SIPS Required\""))),
                    TRUNK.lures(
                            "overload-503-mishandled",
                            CALL,
                            "refuses calls with 503 and Retry-After: 30",
                            () -> invite(Reply.of(503).with("Retry-After", 30))),
                    TRUNK.commits(
                            "ack-or-cancel-challenged",
                            CANCEL,
                            "answers CANCEL with 401",
                            () -> refusing("CANCEL", 401, "Unauthorized")),
                    TRUNK.commits(
                            "dialog-lost-481",
                            CALL,
                            "forgets calls: BYE is answered 481",
                            () -> refusing("BYE", 481, "Call/Transaction Does Not Exist")),
                    TRUNK.commits(
                            "options-nonsuccess-is-alive",
                            OPTIONS,
                            "answers OPTIONS with 404",
                            () -> inside("OPTIONS", turn -> turn.reply(404))),
                    TRUNK.commits(
                            "proxy-408-to-non-invite",
                            OPTIONS,
                            "answers OPTIONS with 408, as a proxy that gave up",
                            () -> refusing("OPTIONS", 408, "Request Timeout")));

    private RefusalFaults() {}

    private static Mischief invite(Reply reply) {
        return inside("INVITE", turn -> turn.reply(reply));
    }
}
