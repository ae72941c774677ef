// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEROR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.sip.Commas;
import referee.sip.Field;
import referee.sip.HeaderName;
import referee.sip.ReferTo;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Slice;

/// Refer-To is missing, there twice, or no URI that can be called (RFC 3515 §2.1, §2.4.1).
public final class ReferToMalformed implements Rule.OnTransfer {
    /// Codes with which a recipient says that it cannot read or use the URI.
    private static final Set<Integer> UNREADABLE = Set.of(400, 416, 484, 485);

    /// Parameters of a URI that have no meaning behind it (RFC 3261 §19.1.1).
    private static final Set<String> OF_THE_URI =
            Set.of("transport", "user", "maddr", "method", "ttl", "lr", "gr");

    @Override
    public String id() {
        return "refer-to-malformed";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var message = transfer.refer().message().filter(ReferToMalformed::isWhole);
        if (message.isEmpty()) return List.of();
        var wrong = wrong(message.get(), transfer);
        if (wrong.isEmpty()) return List.of();

        var answer = transfer.refer().finalAnswerAnywhere();
        var said =
                transfer.outcome()
                        .map(one -> "; the NOTIFY says " + one.code())
                        .or(() -> answer.map(one -> "; it was answered with " + one.code()))
                        .orElse("");
        var draft =
                transfer.finding(this, story, wrong.get() + said)
                        .blames(TRANSFEROR, transfer.transferor())
                        .proof(transfer.refer().request().stream().toList())
                        .proof(answer.map(one -> one.first()).stream().toList());
        transfer.outcome().flatMap(one -> one.transaction().request()).ifPresent(draft::proof);
        message.get().raw(HeaderName.REFER_TO).ifPresent(to -> draft.value("refer-to", to));
        return isFailed(transfer) ? draft.list() : draft.severity(Severity.LOW).list();
    }

    private static Optional<String> wrong(SipMessage refer, Transfer transfer) {
        var values = values(refer);
        if (values.isEmpty()) return Optional.of("REFER has no Refer-To");
        if (values.size() > 1)
            return Optional.of("REFER has %d Refer-To values".formatted(values.size()));
        return switch (refer.first(ReferTo.KIND)) {
            case Field.Absent<ReferTo> _ -> Optional.of("REFER has no Refer-To");
            case Field.Broken<ReferTo> _ ->
                    ReplacesText.isIn(values.getFirst())
                            ? Optional.empty()
                            : Optional.of("Refer-To is no address that can be read");
            case Field.Present<ReferTo>(var to) -> ofAddress(to, transfer);
        };
    }

    private static Optional<String> ofAddress(ReferTo to, Transfer transfer) {
        var target = to.target();
        var uri = target.uri().text();
        if (!target.bracketed() && uri.indexOf('?') >= 0)
            return Optional.of(
                    "the URI in Refer-To holds a question mark and stands in no brackets");
        if (!target.bracketed() && target.params().all().stream().anyMatch(p -> isOfUri(p.name())))
            return Optional.of("the URI in Refer-To has parameters and stands in no brackets");
        if (target.uri() instanceof SipUri sip) {
            return sip.user().isEmpty() && isNumber(sip.host())
                    ? Optional.of("the URI in Refer-To has a number where the host belongs")
                    : Optional.empty();
        }
        return uri.startsWithIgnoreCase("tel:") && isUnreadable(transfer)
                ? Optional.of("Refer-To is a tel URI, and the peer takes only SIP URIs")
                : Optional.empty();
    }

    private static boolean isOfUri(Slice name) {
        return OF_THE_URI.stream().anyMatch(name::isIgnoreCase);
    }

    private static boolean isNumber(Slice host) {
        for (var i = 0; i < host.length(); i++) {
            var c = host.at(i);
            if ((c < '0' || c > '9') && "+*#-".indexOf(c) < 0) return false;
        }
        return !host.isEmpty();
    }

    private static boolean isUnreadable(Transfer transfer) {
        return UNREADABLE.contains(transfer.refer().code())
                || transfer.outcome().filter(one -> UNREADABLE.contains(one.code())).isPresent();
    }

    private static boolean isFailed(Transfer transfer) {
        var accepted = transfer.accepted().isPresent();
        return !accepted || transfer.outcome().filter(one -> one.code() >= 300).isPresent();
    }

    private static List<Slice> values(SipMessage refer) {
        var values = new ArrayList<Slice>(1);
        for (var i = refer.indexOf(HeaderName.REFER_TO);
                i >= 0;
                i = refer.indexOf(HeaderName.REFER_TO, i + 1)) {
            for (var part : Commas.split(refer.value(i))) if (!part.isEmpty()) values.add(part);
        }
        return values;
    }

    /// Whether the header was captured to its end.
    private static boolean isWhole(SipMessage refer) {
        return refer.flaws().stream().noneMatch(flaw -> flaw.code().equals("headers-not-ended"));
    }
}
