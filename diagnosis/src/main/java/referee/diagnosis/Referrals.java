// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import referee.evidence.Sighting;
import referee.sip.From;
import referee.sip.ReferTo;
import referee.sip.ReferredBy;
import referee.sip.SipMessage;

/// Who was referred to whom lately, to find the calls that follow.
///
/// Remembers a bounded number; the oldest are forgotten first.
final class Referrals {
    private static final int MOST = 20_000;
    private static final int MOST_ALIKE = 8;
    private static final int MOST_USERS = 100_000;
    private static final int LONGEST = 256;

    /// A call to the target later than this needs a better reason to belong to the REFER.
    private static final Duration SOON = Duration.ofSeconds(32);

    /// A person may be asked before the call is made; an older REFER has nothing to do with it.
    private static final Duration LATEST = Duration.ofMinutes(5);

    /// @param by on whose behalf the call will say it is made
    private record Referral(String callId, String transferee, Optional<Party> by, Instant at) {
        boolean isBefore(Instant later, Duration wait) {
            return !later.isBefore(at) && !later.isAfter(at.plus(wait));
        }
    }

    /// The users of all targets, which tells quickly of most calls that they go to none of them.
    private final Set<String> users = new HashSet<>();

    private final Map<Party, List<Referral>> byTarget =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<Party, List<Referral>> eldest) {
                    return size() > MOST;
                }
            };

    /// The Call-IDs of REFERs that led to a call.
    private final Map<String, String> followed =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > MOST;
                }
            };

    private final Joins joins;

    Referrals(Joins joins) {
        this.joins = joins;
    }

    void refer(String callId, Sighting refer, ReferTo to) {
        var target = Party.of(to.target()).filter(one -> one.length() <= LONGEST);
        if (target.isEmpty()) return;
        if (users.size() < MOST_USERS) users.add(Numbers.user(to.target().uri().text()));
        var alike = byTarget.computeIfAbsent(target.get(), _ -> new ArrayList<>(1));
        alike.removeIf(one -> one.callId().equals(callId));
        if (alike.size() >= MOST_ALIKE) alike.removeFirst();
        alike.add(new Referral(callId, refer.to().host(), by(refer.message()), refer.at()));
    }

    /// Looks for the REFER that this INVITE follows.
    void invite(String callId, Sighting invite, Numbers numbers) {
        if (!users.contains(numbers.asked()) && !users.contains(numbers.called())) return;
        var alike = alike(callId, invite);
        if (alike.isEmpty()) return;
        var by = invite.message().first(ReferredBy.KIND).optional().map(ReferredBy::address);
        var party = by.flatMap(Party::of);
        var named =
                alike.stream()
                        .filter(one -> party.isPresent() && one.by().equals(party))
                        .reduce((_, last) -> last);
        if (named.isPresent()) {
            follow(Link.Reason.REFERRED_BY, Certainty.PROVEN, named.get(), callId);
            return;
        }
        var sent =
                alike.stream()
                        .filter(one -> one.transferee().equals(invite.from().host()))
                        .filter(one -> one.isBefore(invite.at(), SOON))
                        .toList();
        var reason = by.isPresent() ? Link.Reason.REFERRED_BY : Link.Reason.REFER_TO;
        Pairing.only(sent, this::isFollowed)
                .ifPresent(one -> follow(reason, Certainty.LIKELY, one, callId));
    }

    static boolean isSoon(Instant earlier, Instant later) {
        return !later.isBefore(earlier) && !later.isAfter(earlier.plus(SOON));
    }

    private List<Referral> alike(String callId, Sighting invite) {
        var asked = Party.asked(invite.message()).map(byTarget::get);
        var found = asked.or(() -> Party.called(invite.message()).map(byTarget::get));
        return found.orElse(List.of()).stream()
                .filter(one -> !one.callId().equals(callId))
                .filter(one -> one.isBefore(invite.at(), LATEST))
                .toList();
    }

    private boolean isFollowed(Referral referral) {
        return followed.containsKey(referral.callId());
    }

    private void follow(Link.Reason reason, Certainty certainty, Referral refer, String callId) {
        followed.put(refer.callId(), callId);
        joins.join(reason, certainty, refer.callId(), callId);
    }

    private static Optional<Party> by(SipMessage refer) {
        return refer.first(ReferredBy.KIND)
                .optional()
                .map(ReferredBy::address)
                .or(() -> refer.first(From.KIND).optional().map(From::address))
                .flatMap(Party::of);
    }
}
