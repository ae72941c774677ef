// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.HashSet;
import java.util.Set;
import referee.sip.Methods;

/// Tells a capture of one direction from a peer that does not answer: who reacts to something
/// unseen has been answered.
final class Sides {
    private record Heading(String from, String to) {}

    private Sides() {}

    /// A request and a final answer for each transaction, on the way between the same two: nothing
    /// is missing that could make it one-sided or lossy.
    private static boolean isComplete(Story story) {
        for (var one : story.transactions()) {
            for (var hop : one.hops()) if (hop.requests().isEmpty()) return false;
            if (one.answers().isEmpty()) return false;
            if (!one.acks().isEmpty() && one.finalAnswerAnywhere().isEmpty()) return false;
        }
        return true;
    }

    static boolean isLossy(Story story) {
        if (isComplete(story)) return false;
        var ways = ways(story);
        return story.transactions().stream().anyMatch(one -> isLossy(one, ways));
    }

    /// A response without its request, or an ACK without what it acknowledges, between hosts of
    /// which both were heard.
    private static boolean isLossy(Transaction one, Set<Heading> ways) {
        var unasked =
                one.hops().stream()
                        .anyMatch(hop ->
                                hop.requests().isEmpty()
                                        && ways.contains(
                                                new Heading(
                                                        hop.client().host(), hop.server().host())));
        var unanswered =
                !one.acks().isEmpty()
                        && one.finalAnswerAnywhere().isEmpty()
                        && ways.contains(new Heading(one.server().host(), one.client().host()));
        return unasked || unanswered;
    }

    private static Set<Heading> ways(Story story) {
        var ways = new HashSet<Heading>();
        story.sightings().forEach(s -> ways.add(new Heading(s.from().host(), s.to().host())));
        return ways;
    }

    static boolean isOneSided(Story story) {
        if (isComplete(story)) return false;
        var ways = ways(story);
        return story.transactions().stream().anyMatch(one -> isHalf(one, ways))
                || story.transactions().stream().anyMatch(one -> reactsToUnseen(one, story, ways));
    }

    /// Responses whose request is not there, from a side that never gets anything.
    private static boolean isHalf(Transaction one, Set<Heading> ways) {
        return one.hops().stream()
                .anyMatch(hop ->
                        hop.requests().isEmpty()
                                && !ways.contains(
                                        new Heading(hop.client().host(), hop.server().host())));
    }

    /// An ACK, a CANCEL or a request within a dialog shows that its sender was answered.
    private static boolean reactsToUnseen(Transaction one, Story story, Set<Heading> ways) {
        var answered = ways.contains(new Heading(one.server().host(), one.client().host()));
        if (answered || !one.answers().isEmpty()) return false;
        var acked = !one.acks().isEmpty();
        var cancelled =
                one.is(Methods.CANCEL) || one.is(Methods.INVITE) && story.cancelOf(one).isPresent();
        return acked || cancelled || one.isInDialog() && !isLearnt(one, story);
    }

    /// Whether the tag that makes the request one within a dialog was told in a message that is
    /// here.
    private static boolean isLearnt(Transaction one, Story story) {
        return story.transactions().stream()
                .anyMatch(other ->
                        other.fromTag().same(one.toTag())
                                || other.hops().stream()
                                        .flatMap(hop -> hop.answers().stream())
                                        .anyMatch(answer -> answer.toTag().same(one.toTag())));
    }
}
