// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.keepingBack;
import static referee.practice.Mischief.refusing;
import static referee.practice.Mischief.rewriting;
import static referee.practice.Occasion.ATTEND_ME;
import static referee.practice.Occasion.TRANSFER_ME;
import static referee.practice.Party.TRANSFEROR;
import static referee.practice.Written.isRequest;

import java.util.List;
import java.util.function.UnaryOperator;

/// What can go wrong with who sends a REFER.
final class TransferorFaults {
    static final List<Fault> ALL =
            List.of(
                    TRANSFEROR.commits(
                            "refer-notify-refused-by-transferor",
                            TRANSFER_ME,
                            "answers the NOTIFYs for its own REFER with 405",
                            () -> refusing("NOTIFY", 405, "Method Not Allowed")),
                    TRANSFEROR.commits(
                            "refer-to-malformed",
                            TRANSFER_ME,
                            "sends a REFER whose Refer-To has no host",
                            () -> referTo(_ -> "<sip:2002>")),
                    TRANSFEROR.commits(
                            "transferor-never-byes",
                            TRANSFER_ME,
                            "never hangs up once the transfer has succeeded",
                            () -> keepingBack(sent -> isRequest(sent, "BYE"))),
                    TRANSFEROR.commits(
                            "refer-2xx-taken-as-outcome/hangs-up",
                            TRANSFER_ME,
                            "hangs up at the 2xx to its REFER, and the target is busy",
                            () -> referTo(to("busy")).and(new HangsUpAtOnce())),
                    TRANSFEROR.commits(
                            "refer-notify-481-after-bye",
                            TRANSFER_ME,
                            "hangs up at the 2xx to its REFER, and then answers NOTIFY with 481",
                            () -> referTo(to("slow")).and(new HangsUpAtOnce()).and(new Forgets())),
                    TRANSFEROR.commits(
                            "transfer-failed-call-lost",
                            TRANSFER_ME,
                            "leaves the call on hold when the target is busy",
                            () ->
                                    referTo(to("busy"))
                                            .and(new Holds())
                                            .and(keepingBack(sent -> isRequest(sent, "BYE")))),
                    TRANSFEROR.commits(
                            "refer-sub-suppression-mishandled/required",
                            TRANSFER_ME,
                            "requires an extension for which REFER is refused, and does not try without",
                            () ->
                                    rewriting(
                                            sent -> isRequest(sent, "REFER"),
                                            refer -> refer.with("Require", "explicitsub"))),
                    TRANSFEROR.commits(
                            "replaces-not-escaped",
                            ATTEND_ME,
                            "writes Replaces into Refer-To without escapes",
                            () -> referTo(TransferorFaults::unescaped)),
                    TRANSFEROR.commits(
                            "replaces-tags-missing",
                            ATTEND_ME,
                            "leaves the to-tag out of Replaces",
                            () -> referTo(to -> to.replaceFirst("(?i)%3Bto-tag%3D[^%>]*", ""))),
                    TRANSFEROR.commits(
                            "replaces-tags-swapped",
                            ATTEND_ME,
                            "confuses to-tag and from-tag of Replaces",
                            () -> referTo(TransferorFaults::swapped)),
                    TRANSFEROR.commits(
                            "replaces-wrong-destination",
                            ATTEND_ME,
                            "sends the transferee to the number it called, not to the device",
                            WrongDestination::new),
                    TRANSFEROR.commits(
                            "replaces-unreplaceable-dialog",
                            ATTEND_ME,
                            "wants to replace the call only if it still rings, which it does not",
                            () -> referTo(to -> to.replace(">", "%3Bearly-only>"))),
                    TRANSFEROR.lures(
                            "notify-challenge-unanswered",
                            TRANSFER_ME,
                            "asks for credentials for the NOTIFYs",
                            () -> new Insists("NOTIFY")));

    private TransferorFaults() {}

    private static Mischief referTo(UnaryOperator<String> how) {
        return rewriting(
                sent -> isRequest(sent, "REFER"),
                refer -> refer.set("Refer-To", how.apply(refer.value("Refer-To").orElse(""))));
    }

    /// Another of the numbers that practice answers.
    private static UnaryOperator<String> to(String number) {
        return uri -> uri.replace("sip:answer@", "sip:" + number + "@");
    }

    private static String unescaped(String to) {
        return to.replaceAll("(?i)%3B", ";").replaceAll("(?i)%3D", "=").replaceAll("(?i)%40", "@");
    }

    private static String swapped(String to) {
        return to.replace("to-tag", "x-tag")
                .replace("from-tag", "to-tag")
                .replace("x-tag", "from-tag");
    }
}
