// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import referee.evidence.Sighting;
import referee.sip.Commas;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.Via;

/// Puts each message of one Call-ID where it belongs: a retransmission to its first copy, the same
/// request on another hop to its transaction, a response to its request, an ACK to its INVITE.
/// Nothing is a second attempt before it has been shown not to be one of these.
final class Matching {
    /// Two copies of the same bytes on the same hop within this time are one packet captured twice:
    /// no retransmission timer is this short.
    private static final Duration CAPTURED_TWICE = Duration.ofMillis(20);

    /// The same for two sources, whose clocks may differ a little.
    private static final Duration CAPTURED_ELSEWHERE = Duration.ofMillis(90);

    /// Max-Forwards and the number of Via values of a message that went its whole way end here (RFC
    /// 3261 §20.22).
    private static final int MOST_HOPS = 255;

    private final List<Transaction> transactions = new ArrayList<>(2);
    private final List<Transaction> view = Collections.unmodifiableList(transactions);
    private final List<Sighting> strays = new ArrayList<>(0);

    List<Transaction> transactions() {
        return view;
    }

    /// Messages without a readable CSeq, and ACKs without their INVITE.
    List<Sighting> strays() {
        return Collections.unmodifiableList(strays);
    }

    void add(Facts facts) {
        if (facts.cseq() < 0) strays.add(facts.sighting());
        else if (!facts.isRequest()) addResponse(facts);
        else if (facts.method().equals(Methods.ACK)) addAck(facts);
        else addRequest(facts);
    }

    private void addRequest(Facts facts) {
        for (var i = transactions.size() - 1; i >= 0; i--) {
            var transaction = transactions.get(i);
            if (!facts.isAbout(transaction)) continue;
            var hop = sameHop(transaction, facts);
            if (hop != null) {
                if (!isCapturedTwice(hop.requests(), facts.sighting())) {
                    hop.request(facts.sighting());
                    transaction.passed(facts.sighting().at());
                }
                return;
            }
            if (transaction.hops().size() < MOST_HOPS && isOtherHop(transaction, facts)) {
                transaction.add(hop(facts));
                transaction.passed(facts.sighting().at());
                return;
            }
        }
        var transaction = new Transaction(facts);
        transaction.add(hop(facts));
        transactions.add(transaction);
    }

    private static @Nullable Hop sameHop(Transaction transaction, Facts facts) {
        for (var hop : transaction.hops()) {
            if (hop.branch().same(facts.branch())
                    && hop.client().equals(facts.sighting().from())
                    && hop.server().equals(facts.sighting().to())) {
                return hop;
            }
        }
        return null;
    }

    /// The same request elsewhere on its way: same branch between other addresses, one Via stack
    /// inside the other, or passed on by the element that got it, without a Via of its own.
    private static boolean isOtherHop(Transaction transaction, Facts facts) {
        var vias = branches(facts.sighting().message());
        for (var hop : transaction.hops()) {
            if (hop.branch().same(facts.branch())) return true;
            if (!hop.branch().isEmpty() && contains(vias, hop.branch())) return true;
            if (!hop.requests().isEmpty()
                    && !facts.branch().isEmpty()
                    && contains(branches(hop.requests().getFirst().message()), facts.branch())) {
                return true;
            }
            if (hop.server().equals(facts.sighting().from())
                    && !hop.client().equals(facts.sighting().to())
                    && vias.size() <= hop.depth()) {
                return true;
            }
        }
        return false;
    }

    private void addResponse(Facts facts) {
        var place = placeOf(facts);
        if (place == null) place = newPlace(facts);
        var sighting = facts.sighting();
        for (var answer : place.hop().answers()) {
            if (answer.code() == facts.code() && isCapturedTwice(answer.copies(), sighting)) return;
        }
        place.hop().answer(facts.code(), facts.toTag(), sighting);
        place.transaction().passed(sighting.at());
    }

    private record Place(Transaction transaction, Hop hop) {}

    /// Where a response belongs: the hop with its branch between the same two, else one that fits
    /// by its branch or its ends alone.
    private @Nullable Place placeOf(Facts facts) {
        Place second = null;
        for (var i = transactions.size() - 1; i >= 0; i--) {
            var transaction = transactions.get(i);
            if (!facts.isAbout(transaction)) continue;
            for (var hop : transaction.hops()) {
                var reversed =
                        hop.client().equals(facts.sighting().to())
                                && hop.server().equals(facts.sighting().from());
                var branch = hop.branch().same(facts.branch());
                if (branch && reversed) return new Place(transaction, hop);
                var fits = branch || reversed && hop.finalAnswer().isEmpty();
                if (second == null && fits) second = new Place(transaction, hop);
            }
        }
        return second;
    }

    /// A hop of which only the response is here.
    private Place newPlace(Facts facts) {
        var about = lastAbout(facts);
        if (about == null || about.hops().size() >= MOST_HOPS) {
            about = new Transaction(facts);
            transactions.add(about);
        }
        var hop = reversedHop(facts);
        about.add(hop);
        return new Place(about, hop);
    }

    private @Nullable Transaction lastAbout(Facts facts) {
        for (var i = transactions.size() - 1; i >= 0; i--) {
            if (facts.isAbout(transactions.get(i))) return transactions.get(i);
        }
        return null;
    }

    private void addAck(Facts facts) {
        for (var i = transactions.size() - 1; i >= 0; i--) {
            var transaction = transactions.get(i);
            if (transaction.is(Methods.INVITE)
                    && transaction.cseq() == facts.cseq()
                    && transaction.fromTag().same(facts.fromTag())) {
                if (!isCapturedTwice(transaction.acks(), facts.sighting())) {
                    transaction.acknowledge(facts);
                }
                return;
            }
        }
        strays.add(facts.sighting());
    }

    private static Hop hop(Facts facts) {
        var seen = facts.sighting();
        var depth = branches(seen.message()).size();
        var hop = new Hop(seen.from(), seen.to(), seen.transport(), facts.branch(), depth);
        hop.request(seen);
        return hop;
    }

    private static Hop reversedHop(Facts facts) {
        var seen = facts.sighting();
        var depth = branches(seen.message()).size();
        return new Hop(seen.to(), seen.from(), seen.transport(), facts.branch(), depth);
    }

    private static boolean isCapturedTwice(List<Sighting> copies, Sighting again) {
        for (var i = copies.size() - 1; i >= 0; i--) {
            var copy = copies.get(i);
            var apart = Duration.between(copy.at(), again.at()).abs();
            if (apart.compareTo(CAPTURED_ELSEWHERE) >= 0) return false;
            var twice = copy.source() != again.source() || apart.compareTo(CAPTURED_TWICE) < 0;
            if (twice && isSame(copy, again)) return true;
        }
        return false;
    }

    private static boolean isSame(Sighting one, Sighting other) {
        return one.from().equals(other.from())
                && one.to().equals(other.to())
                && one.message().bytes().same(other.message().bytes());
    }

    private static boolean contains(List<Slice> branches, Slice wanted) {
        for (var branch : branches) {
            if (branch.same(wanted)) return true;
        }
        return false;
    }

    /// The branches of all Via values, top first.
    private static List<Slice> branches(SipMessage message) {
        var found = new ArrayList<Slice>(2);
        for (var i = message.indexOf(HeaderName.VIA);
                i >= 0;
                i = message.indexOf(HeaderName.VIA, i + 1)) {
            for (var via : Commas.split(message.value(i))) found.add(Via.branchOf(via));
            if (found.size() >= MOST_HOPS) break;
        }
        return found;
    }
}
