// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.inside;
import static referee.practice.Mischief.rewriting;
import static referee.practice.Occasion.BRIDGED_ATTENDED;
import static referee.practice.Occasion.BRIDGED_TRANSFER;
import static referee.practice.Occasion.OPTIONS;
import static referee.practice.Occasion.TRANSFER;
import static referee.practice.Party.MIDDLEBOX;
import static referee.practice.Written.isResponse;

import java.util.List;

/// What can go wrong with who stands in between.
final class MiddleboxFaults {
    static final List<Fault> ALL =
            List.of(
                    MIDDLEBOX.commits(
                            "sip-alg-rewrite",
                            OPTIONS,
                            "puts a private address into the Via of its responses",
                            () ->
                                    rewriting(
                                            sent -> isResponse(sent, "OPTIONS", 200),
                                            ok ->
                                                    ok.map(
                                                            "Via",
                                                            via ->
                                                                    via.replaceFirst(
                                                                            " [^;]*",
                                                                            " 192.168.1.7:5060")))),
                    MIDDLEBOX.commits(
                            "refer-relay-loop",
                            TRANSFER,
                            "sends a REFER round in circles: 483",
                            () -> inside("REFER", turn -> turn.reply(483))),
                    MIDDLEBOX.commits(
                            "refer-forwarded-to-wrong-hop",
                            BRIDGED_TRANSFER,
                            "passes the REFER on to the other side, whatever that can",
                            MiddleboxFaults::passingOn),
                    MIDDLEBOX.commits(
                            "replaces-not-translated",
                            BRIDGED_ATTENDED,
                            "passes the REFER on with the Replaces of its own side",
                            MiddleboxFaults::passingOn),
                    MIDDLEBOX.commits(
                            "transfer-moved-wrong-party",
                            BRIDGED_TRANSFER,
                            "hangs up on the other side, and connects the transferor with the target",
                            () -> Mischief.maybeInside("REFER", MiddleboxFaults::moves)));

    private MiddleboxFaults() {}

    private static Mischief passingOn() {
        var dialled = new Dialled();
        return new PassesOn(dialled).and(dialled);
    }

    private static boolean moves(Turn turn, Practice practice) {
        var partner = turn.call().flatMap(practice::partner);
        if (partner.isEmpty()) return false;
        practice.separate(partner.get());
        turn.hangUp(partner.get());
        turn.follow();
        return true;
    }
}
