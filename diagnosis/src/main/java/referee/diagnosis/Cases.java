// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.ReferTo;
import referee.sip.Replaces;

/// Which Call-IDs belong to one human event: a call and the one that replaces it (RFC 3891), a
/// transfer and the call it caused (RFC 3892, RFC 5589).
///
/// Remembers a bounded number of links; the oldest are forgotten first.
final class Cases {
    private static final int MOST = 100_000;

    /// Longer names are not worth remembering.
    private static final int LONGEST = 512;

    private static final char UNREADABLE = '\ufffd';

    /// A call to the target of a REFER later than this needs a better reason to belong to it.
    static final Duration SOON = Duration.ofSeconds(32);

    private record Referral(String callId, String transferee, Instant at) {}

    private final Map<String, CaseFile> files = bounded();
    private final Map<Party, Referral> referrals = bounded();

    /// The case of this Call-ID; null for a call that is linked to none.
    @Nullable CaseFile of(String callId) {
        return files.get(callId);
    }

    /// Reads the links of one request.
    void learn(String callId, Sighting request) {
        switch (request.message().method()) {
            case Methods.REFER -> refer(callId, request);
            case Methods.INVITE -> invite(callId, request);
            default -> {}
        }
    }

    private void refer(String callId, Sighting refer) {
        var target = refer.message().first(ReferTo.KIND).optional();
        if (target.isEmpty()) return;
        var replaced = target.get().replaces().optional();
        replaced.ifPresent(replaces ->
                join(Link.Reason.REFER_TO_REPLACES, Certainty.PROVEN, callId, replaces.callId()));
        Party.of(target.get().target())
                .filter(party -> party.user().length() + party.host().length() <= LONGEST)
                .ifPresent(party ->
                        referrals.put(party, new Referral(callId, refer.to().host(), refer.at())));
    }

    private void invite(String callId, Sighting invite) {
        var message = invite.message();
        if (message.has(HeaderName.REPLACES)) {
            message.first(Replaces.KIND)
                    .optional()
                    .ifPresent(replaces ->
                            join(
                                    Link.Reason.REPLACES,
                                    Certainty.PROVEN,
                                    replaces.callId(),
                                    callId));
        }
        if (!referrals.isEmpty()) referred(callId, invite);
    }

    /// A call to a target that somebody was referred to.
    private void referred(String callId, Sighting invite) {
        var referral =
                referral(Party.asked(invite.message()))
                        .or(() -> referral(Party.called(invite.message())));
        if (referral.isEmpty() || referral.get().callId().equals(callId)) return;
        if (invite.message().has(HeaderName.REFERRED_BY)) {
            join(Link.Reason.REFERRED_BY, Certainty.PROVEN, referral.get().callId(), callId);
        } else if (invite.from().host().equals(referral.get().transferee())
                && isSoon(referral.get().at(), invite.at())) {
            join(Link.Reason.REFER_TO, Certainty.LIKELY, referral.get().callId(), callId);
        }
    }

    private Optional<Referral> referral(Optional<Party> target) {
        return target.map(referrals::get);
    }

    static boolean isSoon(Instant earlier, Instant later) {
        return !later.isBefore(earlier) && !later.isAfter(earlier.plus(SOON));
    }

    private void join(Link.Reason reason, Certainty certainty, String earlier, String later) {
        if (earlier.equals(later) || !isName(earlier) || !isName(later)) return;
        var one = files.computeIfAbsent(earlier, CaseFile::new);
        var other = files.computeIfAbsent(later, CaseFile::new);
        if (one != other) {
            if (!one.hasRoomFor(other)) return;
            one.take(other);
            other.callIds().forEach(callId -> files.put(callId, one));
        }
        one.add(new Link(reason, certainty, earlier, later));
    }

    /// Whether it is worth remembering, and the same as the octets it was read from.
    private static boolean isName(String callId) {
        return callId.length() <= LONGEST && callId.indexOf(UNREADABLE) < 0;
    }

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MOST;
            }
        };
    }
}
