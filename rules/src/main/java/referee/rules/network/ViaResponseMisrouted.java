// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.Methods;
import referee.sip.Transport;
import referee.sip.Via;

/// Responses that go to another address or port than the client listens at, so that it repeats what
/// was answered (RFC 3261 §18.2.2, RFC 3581 §4).
public final class ViaResponseMisrouted implements Rule.OnTransaction {
    private static final int ENOUGH = 2;

    /// A client that keeps a NAT binding open repeats its INVITE every 20 s or so (RFC 3581 §3).
    private static final Duration SCHEDULE = Duration.ofSeconds(17);

    private static final int USUAL = 5060;

    @Override
    public String id() {
        return "via-response-misrouted";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        for (var hop : transaction.hops()) {
            var replies = replies(hop, transaction);
            if (hop.transport() != Transport.UDP || hop.requests().isEmpty() || replies.isEmpty())
                continue;
            var via = hop.requests().getFirst().message().first(Via.KIND).optional();
            var repeated = repeatedAfter(replies.getFirst(), hop);
            if (via.isEmpty() || via.get().params().has("maddr") || repeated.size() < ENOUGH)
                continue;
            var found = judge(hop, via.get(), replies, repeated, story);
            if (found.isPresent()) return List.of(found.get());
        }
        return List.of();
    }

    /// The responses that stop retransmissions: any to an INVITE, a final one otherwise.
    private static List<Sighting> replies(Hop hop, Transaction transaction) {
        return hop.answers().stream()
                .filter(answer -> answer.isFinal() || transaction.is(Methods.INVITE))
                .flatMap(answer -> answer.copies().stream())
                .toList();
    }

    private static List<Sighting> repeatedAfter(Sighting reply, Hop hop) {
        var repeated = new ArrayList<Sighting>(2);
        for (var i = 1; i < hop.requests().size(); i++) {
            var copy = hop.requests().get(i);
            var gap = Duration.between(hop.requests().get(i - 1).at(), copy.at());
            if (copy.at().isAfter(reply.at()) && gap.compareTo(SCHEDULE) < 0) repeated.add(copy);
        }
        return repeated;
    }

    private Optional<Finding> judge(
            Hop hop, Via via, List<Sighting> replies, List<Sighting> repeated, Story story) {
        var arrives = replies.stream().anyMatch(reply -> reply.to().equals(hop.client()));
        var wanted = new Endpoint(via.host(), via.port() == 0 ? USUAL : via.port());
        var asked = via.params().has("rport");
        var to = replies.getFirst().to();
        if (arrives) {
            return asked
                            || wanted.equals(hop.client())
                            || !wanted.host().equals(hop.client().host())
                    ? Optional.empty()
                    : Optional.of(
                            draft(
                                            "was answered at its source port %d, and its Via says %d"
                                                    .formatted(hop.client().port(), wanted.port()),
                                            hop,
                                            replies,
                                            repeated,
                                            story)
                                    .certainty(LIKELY)
                                    .blames(SERVER, hop.server())
                                    .blames(CLIENT, hop.client())
                                    .finding());
        }
        if (asked) {
            var says = "asked for rport and was answered at %s".formatted(to);
            return Optional.of(
                    draft(says, hop, replies, repeated, story)
                            .blames(SERVER, hop.server())
                            .finding());
        }
        var byVia = to.port() == wanted.port();
        var says = "has no rport and was answered at %s".formatted(to);
        var draft = draft(says, hop, replies, repeated, story).certainty(LIKELY);
        if (byVia) draft.blames(CLIENT, hop.client());
        return Optional.of(draft.blames(SERVER, hop.server()).finding());
    }

    private Finding.Draft draft(
            String what, Hop hop, List<Sighting> replies, List<Sighting> repeated, Story story) {
        var request = hop.requests().getFirst();
        var says =
                "%s from %s %s, and was repeated %d times after that"
                        .formatted(request.message().method(), hop.client(), what, repeated.size());
        return story.finding(this, says)
                .proof(request)
                .proof(replies)
                .proof(repeated)
                .value("source", hop.client())
                .value("peer", hop.server());
    }
}
