// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.sip.HeaderName;
import referee.sip.ReferTo;
import referee.sip.Replaces;
import referee.sip.SipMessage;
import referee.sip.SipUri;

/// What REFER and the request it asks for say (RFC 3515, RFC 3891, RFC 3892, RFC 5589).
final class Transfers {
    private static final String UNESCAPED = "-_.!~*'()";

    private Transfers() {}

    /// The value of Replaces for whoever is at the other end of a dialog of ours: its own tag is
    /// `to-tag` (RFC 3891 §3).
    static String replaces(Dialog dialog) {
        return dialog.callId() + ";to-tag=" + dialog.remoteTag() + ";from-tag=" + dialog.localTag();
    }

    /// The value of Refer-To. It always stands in brackets, since commas, semicolons and question
    /// marks need them (RFC 3515 §2.1).
    static String referTo(Transferring what, Optional<Dialog> consultation) {
        if (consultation.isEmpty()) return "<" + what.target() + ">";
        var target = what.target().isEmpty() ? consultation.get().target() : what.target();
        var mark = target.indexOf('?') < 0 ? '?' : '&';
        return "<" + target + mark + "Replaces=" + escaped(replaces(consultation.get())) + ">";
    }

    /// As a header inside a URI is written (RFC 3261 §19.1.1).
    static String escaped(String value) {
        var text = new StringBuilder();
        for (var b : value.getBytes(UTF_8)) {
            var c = (char) (b & 0xff);
            var plain = c < 128 && (Character.isLetterOrDigit(c) || UNESCAPED.indexOf(c) >= 0);
            if (plain) text.append(c);
            else text.append("%%%02X".formatted((int) c));
        }
        return text.toString();
    }

    /// A REFER, whole but for what every request of its dialog or of ours has.
    ///
    /// @param nosub whether the other side knows RFC 7614
    static Draft refer(
            Draft draft,
            Transferring what,
            Optional<Dialog> consultation,
            boolean nosub,
            Floor floor) {
        var quiet = nosub ? new Line("Require", "nosub") : new Line("Refer-Sub", "false");
        return draft.with(what.headers())
                .fill(List.of(new Line("Refer-To", referTo(what, consultation))))
                .fill(List.of(new Line("Referred-By", "<" + floor.desk().setup.user() + ">")))
                .fill(List.of(new Line("Supported", Answers.supported(floor))))
                .fill(List.of(new Line("Allow", Call.ALLOW)))
                .fill(List.of(new Line("Allow-Events", "refer")))
                .fill(what.withoutSubscription() ? List.of(quiet) : List.of());
    }

    /// The value of Target-Dialog for a REFER outside of the dialog it is about (RFC 4538 §7).
    static String targetDialog(Dialog dialog) {
        return dialog.callId()
                + ";local-tag="
                + dialog.remoteTag()
                + ";remote-tag="
                + dialog.localTag();
    }

    /// The call that a REFER asks for: Replaces out of Refer-To, Referred-By unchanged (RFC 3892
    /// §2.2).
    ///
    /// @return empty where Refer-To is no SIP URI, or names another method than INVITE
    static Optional<Calling> referred(SipMessage refer) {
        var to = refer.first(ReferTo.KIND).optional();
        if (to.isEmpty() || !(to.get().target().uri() instanceof SipUri uri))
            return Optional.empty();
        var method = uri.params().text("method").orElse("INVITE");
        if (!method.equals("INVITE") || !Way.isWritable(uri.text().text())) return Optional.empty();
        var written = uri.text().text();
        var mark = written.indexOf('?');
        var headers = new ArrayList<Line>();
        for (var header : uri.headers()) {
            if (header.name().isIgnoreCase("Replaces"))
                headers.add(new Line("Replaces", header.unescaped()));
        }
        headers.addAll(Copies.lines(refer, HeaderName.REFERRED_BY));
        var calling = Calling.of(mark < 0 ? written : written.substring(0, mark));
        for (var line : headers) calling = calling.with(line.name(), line.value());
        return Optional.of(calling);
    }

    /// What an INVITE with Replaces leads to (RFC 3891 §3).
    sealed interface Match {
        record None() implements Match {}

        record Call(referee.stack.Call call) implements Match {}

        record Refused(int code) implements Match {}
    }

    static Match match(Floor floor, SipMessage invite) {
        var all = invite.all(Replaces.KIND);
        if (all.isEmpty()) return new Match.None();
        var said = all.getFirst().optional();
        if (all.size() > 1 || said.isEmpty()) return new Match.Refused(400);
        var found =
                floor.dialog(
                        said.get().callId(),
                        said.get().toTag().orElse(""),
                        said.get().fromTag().orElse(""));
        if (found.isEmpty()) return new Match.Refused(481);
        var call = found.get().call();
        if (call.isEmpty()) return new Match.Refused(found.get().hadCall() ? 603 : 481);
        var early = call.get().phase() == Call.Phase.EARLY;
        if (early && !call.get().isCaller()) return new Match.Refused(481);
        if (!early && said.get().earlyOnly()) return new Match.Refused(486);
        return new Match.Call(call.get());
    }
}
