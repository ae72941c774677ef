// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.LinkedHashMap;
import java.util.Map;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.ReferTo;
import referee.sip.Replaces;
import referee.sip.SipMessage;

/// Which Call-IDs belong to one human event: a call and the one that replaces it (RFC 3891), a
/// transfer and the call it caused (Referred-By with the same target, RFC 3892).
///
/// Remembers a bounded number of links; the oldest are forgotten first.
final class Cases {
    private static final int MOST = 100_000;

    /// Longer names are not worth remembering.
    private static final int LONGEST = 512;

    private final Map<String, String> parents = bounded();
    private final Map<String, String> referrals = bounded();

    /// The case of this Call-ID: the Call-ID of its first story.
    String of(String callId) {
        var at = callId;
        for (var steps = 0; steps < 64; steps++) {
            var parent = parents.get(at);
            if (parent == null) return at;
            at = parent;
        }
        return at;
    }

    /// Reads the links of one request.
    void learn(String callId, SipMessage message) {
        switch (message.method()) {
            case Methods.REFER -> refer(callId, message);
            case Methods.INVITE -> invite(callId, message);
            default -> {}
        }
    }

    private void refer(String callId, SipMessage refer) {
        var target = refer.first(ReferTo.KIND).optional();
        if (target.isEmpty()) return;
        target.get().replaces().optional().ifPresent(replaces -> join(callId, replaces.callId()));
        if (target.get().address().length() <= LONGEST && callId.length() <= LONGEST) {
            referrals.put(target.get().address(), callId);
        }
    }

    private void invite(String callId, SipMessage invite) {
        invite.first(Replaces.KIND)
                .optional()
                .ifPresent(replaces -> join(replaces.callId(), callId));
        if (!invite.has(HeaderName.REFERRED_BY)) return;
        var referrer = referrals.get(((referee.sip.StartLine.Request) invite.start()).uri().text());
        if (referrer != null) join(referrer, callId);
    }

    private void join(String earlier, String later) {
        if (earlier.length() > LONGEST || later.length() > LONGEST) return;
        var first = of(earlier);
        var second = of(later);
        if (!first.equals(second)) parents.put(second, first);
    }

    private static Map<String, String> bounded() {
        return new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                return size() > MOST;
            }
        };
    }
}
