// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;
import static referee.diagnosis.Severity.MEDIUM;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.evidence.Sighting;
import referee.sip.HeaderName;

/// Requests within a dialog that do not go along the proxies which recorded themselves (RFC 3261
/// §12.1.1, §12.1.2, §12.2.1.1).
public final class RouteSetIgnored implements Rule.OnDialog {
    /// A 2xx that is sent so often has no ACK.
    private static final int REPEATED = 3;

    @Override
    public String id() {
        return "route-set-ignored";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Dialog dialog, Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var side : Side.of(dialog)) strayed(side, story).ifPresent(findings::add);
        unmirrored(dialog, story).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> strayed(Side side, Story story) {
        var routes = RouteSet.of(side);
        if (routes.isEmpty() || routes.get().isEmpty() || !routes.get().loose())
            return Optional.empty();
        var strayed =
                side.requests().stream()
                        .filter(sent -> !routes.get().isKeptBy(sent.sighting()))
                        .toList();
        var inVain = strayed.stream().anyMatch(sent -> sent.isFruitless(story));
        var first = worst(strayed, story);
        if (first.isEmpty() || !inVain && routes.get().isPassedBy(first.get().sighting()))
            return Optional.empty();
        var says =
                "%s to %s %s, and the dialog recorded %s"
                        .formatted(
                                first.get().sighting().message().method(),
                                first.get().sighting().to(),
                                routes.get().wrong(first.get().sighting(), side),
                                routes.get());
        var draft =
                story.finding(this, says)
                        .proof(strayed.stream().map(Sent::sighting).toList())
                        .proof(first.get().isAck() ? first.get().ignored() : List.of())
                        .blames(side.isCaller() ? CLIENT : SERVER, side.at())
                        .value("route", routes.get());
        opening(side).ifPresent(draft::proof);
        return Optional.of(inVain ? draft.finding() : draft.severity(MEDIUM).finding());
    }

    /// The first that is no ACK; where there are only ACKs, the first that was in vain: others
    /// reach whom they should.
    private static Optional<Sent> worst(List<Sent> strayed, Story story) {
        return strayed.stream()
                .filter(sent -> !sent.isAck())
                .findFirst()
                .or(() -> strayed.stream().filter(sent -> sent.isFruitless(story)).findFirst());
    }

    private static Optional<Sighting> opening(Side side) {
        return side.isCaller()
                ? side.dialog().answered().map(answer -> answer.first())
                : side.invite().lastHop().requests().stream().findFirst();
    }

    /// A 2xx without the Record-Route that its own request brought, where that did harm: the caller
    /// cannot know the way (RFC 3261 §12.1.1).
    private Optional<Finding> unmirrored(Dialog dialog, Story story) {
        var invite = dialog.invite().filter(one -> !one.lastHop().requests().isEmpty());
        if (invite.isEmpty()) return Optional.empty();
        var hop = invite.get().lastHop();
        var request = hop.requests().getFirst();
        var bare =
                hop.answers().stream()
                        .filter(answer -> answer.isSuccess())
                        .filter(answer -> answer.toTag().same(dialog.calleeTag()))
                        .filter(answer -> !has(answer.first(), HeaderName.RECORD_ROUTE))
                        .findFirst();
        var recorded = request.message().raw(HeaderName.RECORD_ROUTE);
        if (bare.isEmpty() || recorded.isEmpty() || !isHarmed(bare.get(), dialog, story))
            return Optional.empty();
        var says =
                "the INVITE brought Record-Route %s, and its %d has none"
                        .formatted(recorded.get(), bare.get().code());
        return Optional.of(
                story.finding(this, says)
                        .proof(request, bare.get().first())
                        .blames(SERVER, hop.server())
                        .value("route", recorded.get())
                        .finding());
    }

    private static boolean has(Sighting in, HeaderName name) {
        return in.message().has(name);
    }

    /// Whether the 2xx is repeated for want of an ACK, or a request of the caller was in vain.
    private static boolean isHarmed(Answer bare, Dialog dialog, Story story) {
        return bare.copies().size() >= REPEATED
                || Side.of(dialog).stream()
                        .filter(Side::isCaller)
                        .flatMap(side -> side.requests().stream())
                        .anyMatch(sent -> sent.isFruitless(story));
    }
}
