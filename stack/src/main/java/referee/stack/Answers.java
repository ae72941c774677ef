// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.ArrayList;
import java.util.List;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;

/// What a response of ours says besides what the application wants said.
final class Answers {
    private Answers() {}

    /// @param more lines of the usage; those of the application go first
    static Reply complete(Floor floor, ServerTransaction to, Reply reply, List<Line> more) {
        var lines = new ArrayList<>(reply.headers());
        fill(lines, more);
        if (reply.code() > 100)
            fill(lines, List.of(new Line("Server", floor.desk().setup.product())));
        if (reply.code() > 100 && reply.code() < 300 && makesDialog(to.request()))
            fill(lines, dialog(floor, to));
        if (reply.code() == 405 || reply.code() == 501)
            fill(lines, List.of(new Line("Allow", Call.ALLOW)));
        if (reply.code() == 420) fill(lines, List.of(new Line("Supported", supported(floor))));
        return new Reply(reply.code(), reply.reason(), lines, reply.body(), reply.reliable());
    }

    /// What we can and accept, as OPTIONS and INVITE are told (RFC 3261 §11.2).
    static List<Line> abilities(Floor floor) {
        return List.of(new Line("Allow", Call.ALLOW), new Line("Supported", supported(floor)));
    }

    static String supported(Floor floor) {
        return (floor.desk().setup.isReliable() ? "100rel, " : "")
                + "timer, replaces, norefersub, nosub, tdialog";
    }

    static String contact(Floor floor, ServerTransaction to) {
        var setup = floor.desk().setup;
        var local = setup.local(to.flow().transport(), to.flow().remote());
        var secure = Copies.uri(to.request()).regionMatches(true, 0, "sips:", 0, 5);
        return "<" + local.contact(setup.contactUser(), secure) + ">";
    }

    private static List<Line> dialog(Floor floor, ServerTransaction to) {
        var lines = new ArrayList<>(Copies.lines(to.request(), HeaderName.RECORD_ROUTE));
        lines.add(new Line("Contact", contact(floor, to)));
        return lines;
    }

    private static boolean makesDialog(SipMessage request) {
        return switch (request.method()) {
            case Methods.INVITE, Methods.SUBSCRIBE, Methods.REFER, Methods.UPDATE, Methods.NOTIFY ->
                    true;
            default -> false;
        };
    }

    private static void fill(List<Line> lines, List<Line> more) {
        var had = List.copyOf(lines);
        for (var line : more) {
            if (had.stream().noneMatch(one -> one.is(line.name()))) lines.add(line);
        }
    }
}
