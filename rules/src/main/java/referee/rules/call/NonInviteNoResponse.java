// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Endpoint;
import referee.sip.Methods;

/// Requests other than INVITE that got no final response (RFC 3261 §17.1.2.2, Timer F). One finding
/// for all requests of one method to one server.
public final class NonInviteNoResponse implements Rule.OnStory {
    private record Kind(String method, Endpoint server) {}

    @Override
    public String id() {
        return "non-invite-no-response";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        var unanswered = new ArrayList<Transaction>(0);
        for (var one : story.transactions()) {
            if (isUnanswered(one, story)) unanswered.add(one);
        }
        if (unanswered.isEmpty() || story.isOneSided()) return List.of();
        return unanswered.stream()
                .collect(groupingBy(NonInviteNoResponse::kind, LinkedHashMap::new, toList()))
                .values()
                .stream()
                .map(requests -> finding(requests, story))
                .toList();
    }

    private static boolean isUnanswered(Transaction one, Story story) {
        if (one.is(Methods.INVITE)) return false;
        if (one.is(Methods.CANCEL) && !isStillCalling(one, story)) return false;
        var hop = one.lastHop();
        if (hop.requests().isEmpty() || one.finalAnswerAnywhere().isPresent()) return false;
        if (hasRuleOfItsOwn(one, story) || isTakenForAnother(one, story)) return false;
        var first = hop.requests().getFirst();
        return story.watchedFor(
                one.patience(story.timers()), first.at(), hop.client(), hop.server());
    }

    /// Whether the INVITE that was to be cancelled had no final response either.
    private static boolean isStillCalling(Transaction cancel, Story story) {
        return story.transactions(Methods.INVITE).stream()
                .filter(invite -> story.cancelOf(invite).filter(cancel::equals).isPresent())
                .anyMatch(invite ->
                        invite.hasProvisional() && invite.finalAnswerAnywhere().isEmpty());
    }

    /// REFER and the NOTIFYs that follow from it: see refer-no-final-response and
    /// refer-notify-unanswered; a retry that its credentials made too large, or that went
    /// elsewhere: see auth-retry-too-large and auth-retry-wrong-destination.
    private static boolean hasRuleOfItsOwn(Transaction one, Story story) {
        return one.is(Methods.REFER)
                || story.transfers().stream()
                        .flatMap(transfer -> transfer.notifies().stream())
                        .map(Notify::transaction)
                        .anyMatch(one::equals)
                || story.authentications().stream()
                        .anyMatch(exchange ->
                                exchange.isTooLarge(one) || exchange.isLostElsewhere(one));
    }

    /// A retry that a server takes for the request it has answered: see cseq-not-incremented.
    private static boolean isTakenForAnother(Transaction one, Story story) {
        return story.transactions(one.method()).stream()
                .anyMatch(other ->
                        !other.equals(one) && other.cseq() == one.cseq() && other.isChallenged());
    }

    private static Kind kind(Transaction one) {
        return new Kind(one.method(), one.lastHop().server());
    }

    private Finding finding(List<Transaction> requests, Story story) {
        var first = requests.getFirst();
        var hop = first.lastHop();
        var says =
                requests.size() == 1
                        ? "%s was sent %s to %s and got no final response within %d s"
                                .formatted(
                                        first.method(),
                                        hop.timesSent(),
                                        hop.server(),
                                        first.patience(story.timers()).toSeconds())
                        : "%d %s requests to %s got no final response"
                                .formatted(requests.size(), first.method(), hop.server());
        var hops = requests.stream().map(Transaction::lastHop).toList();
        var silence = new Silence(hop, story.deadEnd(hops, first.patience(story.timers())));
        return silence.judge(story.finding(this, says + silence.says()))
                .proof(requests.stream().flatMap(one -> one.lastHop().requests().stream()).toList())
                .value("peer", hop.server())
                .value("method", first.method())
                .finding();
    }
}
