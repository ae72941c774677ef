// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.ReferTo;
import referee.sip.Replaces;
import referee.sip.TargetDialog;

/// Which Call-IDs belong to one human event, and why: see [Link.Reason].
///
/// Remembers a bounded number of links; the oldest are forgotten first.
final class Cases implements Joins {
    private static final int MOST = 100_000;

    /// Longer names are not worth remembering.
    private static final int LONGEST = 512;

    private static final char UNREADABLE = '\ufffd';

    private final Map<String, CaseFile> files =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, CaseFile> eldest) {
                    return size() > MOST;
                }
            };
    private final Referrals referrals = new Referrals(this);
    private final LookAlikes lookAlikes = new LookAlikes(this);
    private final SharedNames names;

    /// @param headers names of headers that carry the Call-ID of the other leg, or the same value
    ///   on both
    /// @param isOpen whether there is a story with this Call-ID
    Cases(List<String> headers, Predicate<String> isOpen) {
        this.names = new SharedNames(headers, isOpen, this);
    }

    /// The case of this Call-ID; null for a call that is linked to none.
    @Nullable CaseFile of(String callId) {
        return files.get(callId);
    }

    /// Reads the links of one request.
    void learn(Story story, Sighting request) {
        switch (request.message().method()) {
            case Methods.REFER -> refer(story.callId(), request);
            case Methods.INVITE -> invite(story, request);
            case Methods.SUBSCRIBE -> target(story.callId(), request);
            default -> {}
        }
    }

    private void refer(String callId, Sighting refer) {
        target(callId, refer);
        names.learn(callId, refer);
        refer.message()
                .first(ReferTo.KIND)
                .optional()
                .ifPresent(to -> {
                    to.replaces()
                            .optional()
                            .ifPresent(one ->
                                    prove(Link.Reason.REFER_TO_REPLACES, callId, one.callId()));
                    referrals.refer(callId, refer, to);
                });
    }

    private void invite(Story story, Sighting invite) {
        var callId = story.callId();
        names.learn(callId, invite);
        if (Facts.isInDialog(invite.message())) return;
        target(callId, invite);
        if (invite.message().has(HeaderName.REPLACES)) {
            invite.message()
                    .first(Replaces.KIND)
                    .optional()
                    .ifPresent(one -> prove(Link.Reason.REPLACES, one.callId(), callId));
        }
        var opens = story.messages() == 1;
        if (opens) names.opened(callId);
        var numbers = Numbers.of(invite.message());
        referrals.invite(callId, invite, numbers);
        lookAlikes.invite(callId, invite, numbers, opens);
    }

    private void target(String callId, Sighting request) {
        if (!request.message().has(HeaderName.TARGET_DIALOG)) return;
        request.message()
                .first(TargetDialog.KIND)
                .optional()
                .ifPresent(one -> prove(Link.Reason.TARGET_DIALOG, one.callId(), callId));
    }

    private void prove(Link.Reason reason, String earlier, String later) {
        join(reason, Certainty.PROVEN, earlier, later);
    }

    @Override
    public void join(Link.Reason reason, Certainty certainty, String earlier, String later) {
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
}
