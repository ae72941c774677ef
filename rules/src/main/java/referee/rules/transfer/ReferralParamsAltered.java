// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.Finding;
import referee.diagnosis.Referred;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.NameAddr;
import referee.sip.ReferredBy;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.StartLine;
import referee.sip.Uri;

/// The referred INVITE has lost Referred-By or parameters of the Refer-To (RFC 3892 §2.2, RFC 3261
/// §19.1.5).
public final class ReferralParamsAltered implements Rule.OnCase {
    /// These become the method of the request, or choose its way.
    private static final Set<String> OF_THE_WAY = Set.of("method", "transport", "lr", "maddr");

    private static final Set<Integer> UNRELATED = Set.of(400, 403, 404, 429);

    @Override
    public String id() {
        return "referral-params-altered";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var one : stories.transfers()) {
            stories.referred(one.transfer()).stream()
                    .filter(call -> isAltered(one.transfer(), call))
                    .limit(1)
                    .map(call -> finding(one.transfer(), one.story(), call))
                    .forEach(findings::add);
        }
        return findings;
    }

    /// Whether the call was refused in a way that what it lost explains.
    static boolean isAltered(Transfer transfer, Referred referred) {
        var code = referred.leg().invite().finalAnswerAnywhere().map(Answer::code).orElse(0);
        return UNRELATED.contains(code) && lost(transfer, referred).isPresent();
    }

    private Finding finding(Transfer transfer, Story story, Referred referred) {
        var invite = referred.leg().invite();
        var answer = invite.finalAnswerAnywhere().orElseThrow();
        var says =
                "the referred INVITE has %s, and was answered with %d"
                        .formatted(lost(transfer, referred).orElseThrow(), answer.code());
        var draft =
                transfer.finding(this, story, says)
                        .certainty(referred.certainty())
                        .blames(TRANSFEREE, invite.client())
                        .proof(transfer.refer().request().stream().toList())
                        .proof(invite.request().stream().toList())
                        .proof(answer.first());
        referredBy(transfer.refer()).ifPresent(by -> draft.value("by", by.uri()));
        return draft.finding();
    }

    private static Optional<String> lost(Transfer transfer, Referred referred) {
        var asked = referredBy(transfer.refer());
        var said = referredBy(referred.leg().invite());
        if (asked.isPresent() && said.isEmpty())
            return Optional.of("no Referred-By, although the REFER has");
        if (asked.isPresent() && !isSame(asked.get(), said.get()))
            return Optional.of("another Referred-By than the REFER");
        return lostParameter(transfer, referred.leg().invite())
                .map(name -> "no parameter %s in its Request-URI, as Refer-To has".formatted(name));
    }

    private static Optional<String> lostParameter(Transfer transfer, Transaction invite) {
        var asked = transfer.target().map(to -> to.target().uri());
        var called = invite.message().flatMap(ReferralParamsAltered::requestUri);
        if (asked.isEmpty() || called.isEmpty()) return Optional.empty();
        return asked.get() instanceof SipUri to && called.get() instanceof SipUri uri
                ? to.params().all().stream()
                        .map(param -> param.name().text())
                        .filter(name -> !OF_THE_WAY.contains(name.toLowerCase(Locale.ROOT)))
                        .filter(name -> !uri.params().has(name))
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<Uri> requestUri(SipMessage invite) {
        return invite.start() instanceof StartLine.Request line
                ? Uri.read(line.uri()).optional()
                : Optional.empty();
    }

    private static Optional<NameAddr> referredBy(Transaction request) {
        return request.message()
                .flatMap(message -> message.first(ReferredBy.KIND).optional())
                .map(ReferredBy::address);
    }

    private static boolean isSame(NameAddr one, NameAddr other) {
        return one.uri().text().same(other.uri().text());
    }
}
