// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.HashSet;
import java.util.Set;
import referee.sip.Methods;

/// Tells a capture of one direction from a peer that does not answer: who reacts to something
/// unseen has been answered.
final class Sides {
    private record Way(String from, String to) {}

    private Sides() {}

    static boolean isOneSided(Story story) {
        var ways = new HashSet<Way>();
        story.sightings().forEach(s -> ways.add(new Way(s.from().host(), s.to().host())));
        return story.transactions().stream().anyMatch(one -> isHalf(one, ways))
                || story.transactions().stream().anyMatch(one -> reactsToUnseen(one, story, ways));
    }

    /// Responses whose request is not there, from a side that never gets anything.
    private static boolean isHalf(Transaction one, Set<Way> ways) {
        return one.hops().stream()
                .anyMatch(hop ->
                        hop.requests().isEmpty()
                                && !ways.contains(
                                        new Way(hop.client().host(), hop.server().host())));
    }

    /// An ACK, a CANCEL or a request within a dialog shows that its sender was answered.
    private static boolean reactsToUnseen(Transaction one, Story story, Set<Way> ways) {
        var answered = ways.contains(new Way(one.server().host(), one.client().host()));
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
