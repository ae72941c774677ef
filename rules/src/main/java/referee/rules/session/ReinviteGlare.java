// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Dialog;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Methods;
import referee.sip.Sdp;

/// Two offers within one call overlap, and the two sides do not sort it out (RFC 3261 §14.1 and
/// §14.2, RFC 3311 §5.2).
public final class ReinviteGlare implements Rule.OnDialog {
    /// Packets pass each other on the way; nothing closer than this says who was first.
    private static final Duration CLOSE = Duration.ofMillis(100);

    /// The longest wait after 491 is 4 s; this leaves time for the answer.
    private static final Duration RETRY = Duration.ofSeconds(10);

    @Override
    public String id() {
        return "reinvite-glare";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Dialog dialog, Story story) {
        var offers = dialog.requests().stream().filter(ReinviteGlare::isOffer).toList();
        if (offers.isEmpty() || story.isOneSided()) return List.of();
        var findings = new ArrayList<Finding>(0);
        for (var i = 0; i < offers.size(); i++) {
            for (var j = i + 1; j < offers.size(); j++) {
                overlap(offers.get(i), offers.get(j), story).ifPresent(findings::add);
            }
        }
        if (findings.isEmpty()) stuck(offers, dialog, story).ifPresent(findings::add);
        return findings;
    }

    private static boolean isOffer(Transaction request) {
        if (request.is(Methods.INVITE)) return true;
        return request.is(Methods.UPDATE)
                && request.message().map(message -> Sdp.of(message).isPresent()).orElse(false);
    }

    private Optional<Finding> overlap(Transaction one, Transaction other, Story story) {
        if (!one.is(other.method()) || one.request().isEmpty() || other.request().isEmpty())
            return Optional.empty();
        return one.fromTag().same(other.fromTag())
                ? sameSide(one, other, story)
                : crossing(one, other, story);
    }

    /// A second offer of the same side before the first was answered. A B2BUA that keeps the tags
    /// makes two requests of one.
    private Optional<Finding> sameSide(Transaction one, Transaction other, Story story) {
        if (!one.is(Methods.INVITE) || !one.client().host().equals(other.client().host()))
            return Optional.empty();
        var answer = one.finalAnswer();
        var dead = one.first().plus(one.patience(story.timers()));
        if (answer.isEmpty() || other.first().isAfter(dead)) return Optional.empty();
        if (!other.first().plus(CLOSE).isBefore(answer.get().first().at())) return Optional.empty();
        var says =
                "INVITE %d was sent before INVITE %d had its final response, and was answered with %s"
                        .formatted(other.cseq(), one.cseq(), code(other));
        return Optional.of(
                story.finding(this, says)
                        .blames(CLIENT, other.client())
                        .proof(proof(one, other))
                        .finding());
    }

    /// Both sides offer at once, and one of them accepts the other's while its own is pending.
    private Optional<Finding> crossing(Transaction one, Transaction other, Story story) {
        if (!isCrossed(one, other)) return Optional.empty();
        var wrong = acceptsTooEarly(one, other) ? one : other;
        if (!acceptsTooEarly(one, other) && !acceptsTooEarly(other, one)) return Optional.empty();
        var says =
                "%s of both sides crossed, and one was answered with %d where 491 was due"
                        .formatted(one.method(), wrong.code());
        return Optional.of(
                story.finding(this, says)
                        .blames(SERVER, wrong.lastHop().server())
                        .proof(proof(one, other))
                        .finding());
    }

    private static boolean isCrossed(Transaction one, Transaction other) {
        return other.finalAnswer().isPresent()
                && one.finalAnswer()
                        .filter(answer -> other.first().isBefore(answer.first().at()))
                        .isPresent();
    }

    /// Whether this request was accepted by a side whose own request was clearly still unanswered.
    private static boolean acceptsTooEarly(Transaction request, Transaction ownOfResponder) {
        if (!request.isSuccess()) return false;
        var accepted = request.finalAnswer().orElseThrow().first().at();
        var own = ownOfResponder.finalAnswer().orElseThrow().first().at();
        return ownOfResponder.first().isBefore(accepted) && accepted.plus(CLOSE).isBefore(own);
    }

    /// 491, and nothing that settles it afterwards, while the call goes on.
    private Optional<Finding> stuck(List<Transaction> offers, Dialog dialog, Story story) {
        var refused = offers.stream().filter(one -> one.code() == 491).toList();
        if (refused.isEmpty()) return Optional.empty();
        var last = refused.getLast();
        var at = last.finalAnswer().orElseThrow().first().at();
        var settled =
                offers.stream().anyMatch(one -> one.last().isAfter(at) && one.code() != 491)
                        || dialog.byes().stream()
                                .anyMatch(bye -> bye.first().isBefore(at.plus(RETRY)));
        if (settled || !story.watchedFor(RETRY, at, last.client(), last.server()))
            return Optional.empty();
        var says =
                "%s was refused with 491 %s, and was not tried again within %d s"
                        .formatted(
                                last.method(),
                                refused.size() == 1 ? "once" : refused.size() + " times",
                                RETRY.toSeconds());
        var draft = story.finding(this, says).certainty(LIKELY);
        refused.stream()
                .map(Transaction::client)
                .distinct()
                .forEach(client -> draft.blames(CLIENT, client));
        refused.forEach(one -> draft.proof(proof(one)));
        return Optional.of(draft.finding());
    }

    private static String code(Transaction request) {
        return request.code() == 0 ? "nothing" : Integer.toString(request.code());
    }

    private static List<Sighting> proof(Transaction... requests) {
        var proof = new ArrayList<Sighting>();
        for (var one : requests) {
            one.request().ifPresent(proof::add);
            one.finalAnswer().ifPresent(answer -> proof.add(answer.first()));
        }
        return proof;
    }
}
