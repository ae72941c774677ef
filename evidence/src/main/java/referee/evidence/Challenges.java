// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import referee.evidence.Actors.Actor;
import referee.sip.Challenge;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;

/// The challenges that the actors of a trace were given, and how often they answered with a nonce.
final class Challenges {
    private record Key(Actor actor, String call, HeaderName header) {}

    private record Use(Actor actor, String nonce) {}

    private static final String ANY = "";

    private final Map<Key, List<Challenge>> last = new HashMap<>();
    private final Map<Use, Integer> uses = new HashMap<>();

    /// The value of a challenge with a new nonce.
    static String fresh(Actor from, Counters counters) {
        return "Digest realm=\"%s\", nonce=\"%s\", algorithm=MD5, qop=\"auth\""
                .formatted(from.host(), counters.nonce());
    }

    void heard(Call call, Call.Said message) {
        var code = message.draft().code();
        if (code != 401 && code != 407) return;
        if (!(SipParser.parse(Slice.of(message.bytes())) instanceof SipMessage response)) return;
        for (var header : List.of(HeaderName.WWW_AUTHENTICATE, HeaderName.PROXY_AUTHENTICATE)) {
            var given =
                    Challenge.all(response).stream().filter(one -> one.header() == header).toList();
            if (given.isEmpty()) continue;
            last.put(new Key(message.to(), call.name(), header), given);
            last.put(new Key(message.to(), ANY, header), given);
        }
    }

    /// The challenges of one kind that this actor last got in this call; empty if there are none.
    List<Challenge> given(Actor actor, Call call, HeaderName header) {
        return last.getOrDefault(new Key(actor, call.name(), header), List.of());
    }

    /// What an answer in this header answers: challenges of its kind in this call, else of the
    /// other kind, else the same of any call.
    List<Challenge> toAnswer(Actor actor, Call call, boolean proxy) {
        var own = proxy ? HeaderName.PROXY_AUTHENTICATE : HeaderName.WWW_AUTHENTICATE;
        var other = proxy ? HeaderName.WWW_AUTHENTICATE : HeaderName.PROXY_AUTHENTICATE;
        for (var name : List.of(call.name(), ANY)) {
            for (var header : List.of(own, other)) {
                var given = last.get(new Key(actor, name, header));
                if (given != null) return given;
            }
        }
        return List.of();
    }

    /// How many times this actor has used this nonce, this time included.
    int use(Actor actor, String nonce) {
        return uses.merge(new Use(actor, nonce), 1, Integer::sum);
    }
}
