// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.Slice;

/// Finds the leg that a call through a B2BUA was made from, where no header tells: same caller and
/// called, or same media, into a host and out of it within seconds.
///
/// Remembers the calls of the last seconds, and a bounded number of them.
final class LookAlikes {
    private static final Duration SOON = Duration.ofSeconds(4);
    private static final Duration AT_ONCE = Duration.ofSeconds(1);
    private static final int MOST = 20_000;
    private static final int MOST_ALIKE = 32;
    private static final int LONGEST_ORIGIN = 128;

    /// A call that came to a host.
    private static final class Arrived {
        private final String callId;
        private final Endpoint from;
        private final Endpoint to;
        private final Instant at;
        private final List<String> keys;
        private boolean paired;

        Arrived(String callId, Sighting invite, List<String> keys) {
            this.callId = callId;
            this.from = invite.from();
            this.to = invite.to();
            this.at = invite.at();
            this.keys = keys;
        }

        boolean isPaired() {
            return paired;
        }
    }

    private final Map<String, List<Arrived>> byKey = new HashMap<>();
    private final Deque<Arrived> byTime = new ArrayDeque<>();
    private final Joins joins;

    LookAlikes(Joins joins) {
        this.joins = joins;
    }

    /// @param invite outside a dialog
    /// @param opens whether it is the first message of its Call-ID
    void invite(String callId, Sighting invite, Numbers numbers, boolean opens) {
        forget(invite.at());
        var origin = origin(invite.message().body());
        if (opens) find(callId, invite, numbers, origin);
        var keys = keys(invite.to().host(), numbers);
        if (!numbers.caller().isEmpty()) keys.add(key(invite.to().host(), numbers, ""));
        if (origin != null) keys.add(origin);
        remember(new Arrived(callId, invite, keys));
    }

    private void find(String callId, Sighting invite, Numbers numbers, @Nullable String origin) {
        var alike = new ArrayList<Arrived>(0);
        for (var key : keys(invite.from().host(), numbers)) add(alike, key, callId, invite);
        var same = new ArrayList<Arrived>(0);
        if (origin != null) add(same, origin, callId, invite);
        var both = alike.stream().filter(same::contains).toList();
        var reason = alike.isEmpty() ? Link.Reason.MEDIA : Link.Reason.NUMBERS;
        only(both)
                .or(() -> only(alike))
                .or(() -> alike.isEmpty() ? only(same) : Optional.empty())
                .ifPresent(one -> pair(reason, one, callId));
        if (alike.isEmpty() && same.isEmpty()) findByCaller(callId, invite, numbers);
    }

    /// A B2BUA that calls another number than was called leaves the caller alone to go by.
    private void findByCaller(String callId, Sighting invite, Numbers numbers) {
        if (numbers.caller().isEmpty()) return;
        var found = new ArrayList<Arrived>(0);
        add(found, key(invite.from().host(), numbers, ""), callId, invite);
        found.removeIf(one -> Duration.between(one.at, invite.at()).compareTo(AT_ONCE) > 0);
        if (found.size() == 1) pair(Link.Reason.CALLER, found.getFirst(), callId);
    }

    private void pair(Link.Reason reason, Arrived one, String callId) {
        one.paired = true;
        joins.join(reason, Certainty.LIKELY, one.callId, callId);
    }

    private static Optional<Arrived> only(List<Arrived> candidates) {
        return Pairing.only(candidates, Arrived::isPaired);
    }

    private void add(List<Arrived> found, String key, String callId, Sighting invite) {
        for (var one : byKey.getOrDefault(key, List.of())) {
            if (!one.callId.equals(callId) && isPassedOn(one, invite) && !found.contains(one))
                found.add(one);
        }
    }

    /// Whether it was sent by who got the other, and not back to where that came from.
    private static boolean isPassedOn(Arrived one, Sighting invite) {
        return invite.from().host().equals(one.to.host())
                && !one.from.equals(one.to)
                && (invite.from().equals(one.to) || !one.from.host().equals(one.to.host()));
    }

    private void remember(Arrived one) {
        if (one.keys.isEmpty() || isKnown(one)) return;
        if (byTime.size() >= MOST) drop(byTime.removeFirst());
        byTime.addLast(one);
        for (var key : one.keys) {
            var alike = byKey.computeIfAbsent(key, _ -> new ArrayList<>(1));
            if (alike.size() < MOST_ALIKE) alike.add(one);
        }
    }

    private boolean isKnown(Arrived one) {
        for (var other : byKey.getOrDefault(one.keys.getFirst(), List.of())) {
            if (other.callId.equals(one.callId) && other.to.equals(one.to)) return true;
        }
        return false;
    }

    private void forget(Instant now) {
        while (!byTime.isEmpty()
                && Duration.between(byTime.getFirst().at, now).abs().compareTo(SOON) > 0) {
            drop(byTime.removeFirst());
        }
    }

    private void drop(Arrived one) {
        for (var key : one.keys) {
            var alike = byKey.get(key);
            if (alike == null) continue;
            alike.remove(one);
            if (alike.isEmpty()) byKey.remove(key);
        }
    }

    private static List<String> keys(String host, Numbers numbers) {
        var keys = new ArrayList<String>(4);
        if (numbers.caller().isEmpty()) return keys;
        if (!numbers.called().isEmpty()) keys.add(key(host, numbers, numbers.called()));
        if (!numbers.asked().isEmpty() && !numbers.asked().equals(numbers.called()))
            keys.add(key(host, numbers, numbers.asked()));
        return keys;
    }

    private static String key(String host, Numbers numbers, String called) {
        return host + '\n' + numbers.caller() + '\n' + called;
    }

    /// The o= line of a session description with the first media line's port; null if there is none
    /// of a usual length.
    private static @Nullable String origin(Slice body) {
        var origin = line(body, 'o', 0);
        if (origin == null) return null;
        var media = line(body, 'm', 0);
        if (media == null) return null;
        var words = media.text().split(" ", 3);
        return words.length < 2 ? null : origin.text() + '\n' + words[1];
    }

    private static @Nullable Slice line(Slice body, char type, int start) {
        for (var at = start; at >= 0 && at + 1 < body.length(); at = next(body, at)) {
            if (body.at(at) != type || body.at(at + 1) != '=') continue;
            var end = body.indexOf('\n', at);
            var line = body.sub(at, end < 0 ? body.length() : end).trim();
            return line.length() > LONGEST_ORIGIN ? null : line;
        }
        return null;
    }

    /// Where the next line begins, or -1.
    private static int next(Slice body, int at) {
        var end = body.indexOf('\n', at);
        return end < 0 ? -1 : end + 1;
    }
}
