// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.NETWORK;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Transport;

/// A request too large for one UDP packet that nobody answers, while smaller ones are (RFC 3261
/// §18.1.1).
public final class UdpFragmentedRequest implements Rule.OnTransaction {
    /// More must go over TCP where the path MTU is not known.
    private static final int LARGE = 1_300;

    /// What an Ethernet frame holds besides the IP and UDP headers; more is cut into fragments.
    private static final int IPV4_ROOM = 1_472;

    private static final int IPV6_ROOM = 1_452;

    private static final int ENOUGH = 2;

    @Override
    public String id() {
        return "udp-fragmented-request";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        var hop = transaction.lastHop();
        if (hop.transport() != Transport.UDP || hop.requests().size() < ENOUGH) return List.of();
        var octets = octets(hop);
        if (octets <= LARGE || !Sent.isUnanswered(transaction, story) || story.isOneSided())
            return List.of();
        var small = smallAnswered(hop, story);
        var isCut = octets > (hop.server().host().indexOf(':') < 0 ? IPV4_ROOM : IPV6_ROOM);
        if (small == 0 && !isCut) return List.of();
        var says =
                "%s of %d octets was sent %s over UDP and never answered%s"
                        .formatted(
                                transaction.method(),
                                octets,
                                hop.timesSent(),
                                small == 0
                                        ? ""
                                        : "; one of %d octets to the same place was"
                                                .formatted(small));
        return story.finding(this, says)
                .certainty(small > 0 && isCut ? LIKELY : POSSIBLE)
                .proof(hop.requests())
                .blames(CLIENT, hop.client())
                .blames(NETWORK)
                .value("octets", octets)
                .value("peer", hop.server())
                .list();
    }

    private static int octets(Hop hop) {
        return hop.requests().getFirst().message().bytes().length();
    }

    /// The size of the largest request that the same place answered; 0 if none was.
    private static int smallAnswered(Hop silent, Story story) {
        return story.transactions().stream()
                .flatMap(one -> one.hops().stream())
                .filter(hop -> hop.server().equals(silent.server()))
                .filter(hop -> hop.client().host().equals(silent.client().host()))
                .filter(hop -> !hop.requests().isEmpty() && !hop.answers().isEmpty())
                .mapToInt(UdpFragmentedRequest::octets)
                .filter(octets -> octets <= LARGE)
                .max()
                .orElse(0);
    }
}
