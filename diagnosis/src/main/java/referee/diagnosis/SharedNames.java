// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.SessionId;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// Finds legs that carry the same name of a session: Session-ID (RFC 7989), icid-value (RFC 7315),
/// and headers that products add.
///
/// Remembers a bounded number; the oldest are forgotten first.
final class SharedNames {
    private static final int MOST = 50_000;
    private static final int SHORTEST = 4;
    private static final int LONGEST = 256;
    private static final String ICID = "icid-value=";

    /// What is the same on more calls than this names no session.
    private static final int MOST_SHARING = 16;

    private static final class Seen {
        private final String callId;
        private int times = 1;

        Seen(String callId) {
            this.callId = callId;
        }
    }

    private final Map<String, Seen> names =
            new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Seen> eldest) {
                    return size() > MOST;
                }
            };
    private final List<String> headers;
    private final Predicate<String> isOpen;
    private final Joins joins;

    /// @param headers names of headers that carry the Call-ID of the other leg, or the same value
    ///   on both
    /// @param isOpen whether there is a story with this Call-ID
    SharedNames(List<String> headers, Predicate<String> isOpen, Joins joins) {
        this.headers = List.copyOf(headers);
        this.isOpen = isOpen;
        this.joins = joins;
    }

    /// Reads the names of a session in one request.
    void learn(String callId, Sighting request) {
        var message = request.message();
        if (message.has(HeaderName.SESSION_ID)) {
            message.first(SessionId.KIND).optional().ifPresent(id -> session(callId, id));
        }
        for (var i = 0; i < message.headerCount(); i++) {
            if (message.kind(i) == HeaderName.OTHER) other(callId, message, i);
        }
    }

    /// Looks whether a header of another call named this Call-ID, which has just come up.
    void opened(String callId) {
        if (names.isEmpty()) return;
        var seen = names.get(callId);
        if (seen != null) join(Link.Reason.HEADER, Certainty.PROVEN, callId, seen.callId);
    }

    private void session(String callId, SessionId id) {
        if (!isNil(id.local())) share(Link.Reason.SESSION_ID, Certainty.PROVEN, id.local(), callId);
        if (id.remote().isPresent() && !id.isRemoteNil()) {
            share(Link.Reason.SESSION_ID, Certainty.PROVEN, id.remote().get(), callId);
        }
    }

    private static boolean isNil(String half) {
        return half.chars().allMatch(c -> c == '0');
    }

    private void other(String callId, SipMessage message, int index) {
        var name = message.name(index);
        if (name.isIgnoreCase("P-Charging-Vector")) {
            icid(callId, message.value(index));
            return;
        }
        for (var header : headers) {
            if (name.isIgnoreCase(header)) header(callId, message.value(index).trim());
        }
    }

    private void icid(String callId, Slice value) {
        for (var part : value.text().split(";", 8)) {
            var param = part.strip();
            if (!param.regionMatches(true, 0, ICID, 0, ICID.length())) continue;
            var icid = param.substring(ICID.length()).replace("\"", "");
            share(Link.Reason.CHARGING_VECTOR, Certainty.PROVEN, icid, callId);
        }
    }

    private void header(String callId, Slice value) {
        if (value.length() < SHORTEST || value.length() > LONGEST) return;
        var named = value.text();
        if (named.equals(callId)) return;
        if (isOpen.test(named)) join(Link.Reason.HEADER, Certainty.PROVEN, named, callId);
        else share(Link.Reason.HEADER, Certainty.LIKELY, named, callId);
    }

    private void share(Link.Reason reason, Certainty certainty, String name, String callId) {
        if (name.length() < SHORTEST || name.length() > LONGEST) return;
        var key = reason == Link.Reason.HEADER ? name : name.toLowerCase(Locale.ROOT);
        var seen = names.putIfAbsent(key, new Seen(callId));
        if (seen == null || seen.callId.equals(callId)) return;
        if (seen.times++ < MOST_SHARING) join(reason, certainty, seen.callId, callId);
    }

    private void join(Link.Reason reason, Certainty certainty, String earlier, String later) {
        joins.join(reason, certainty, earlier, later);
    }
}
