// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import referee.diagnosis.Past.Earlier;
import referee.diagnosis.Past.Leniency;
import referee.diagnosis.Past.Refusal;
import referee.evidence.Sighting;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.Slice;
import referee.sip.StartLine;

/// Which nonces were issued and used, and whose credentials were refused, whatever the Call-ID.
///
/// Remembers a bounded number; the oldest are forgotten first.
final class Nonces {
    private static final int MOST = 20_000;
    private static final int MOST_REFUSALS = 200;
    private static final int LONGEST = 300;

    /// A response passes a proxy in less.
    private static final Duration ON_THE_WAY = Duration.ofSeconds(1);

    private final Map<String, Earlier> issued = new Bounded<>();
    private final Map<String, Earlier> used = new Bounded<>();
    private final Map<String, ArrayDeque<Refusal>> refused = new Bounded<>();
    private final Map<String, Boolean> answering = new Bounded<>();
    private final Map<String, Set<Leniency>> lenient = new Bounded<>();

    private static final class Bounded<V> extends LinkedHashMap<String, V> {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, V> eldest) {
            return size() > MOST;
        }
    }

    static String key(String nonce, String nc) {
        return cut(nonce) + " " + cut(nc);
    }

    void learn(Sighting sighting) {
        var message = sighting.message();
        if (!message.isRequest()) {
            if (message.code() != 401 && message.code() != 407) return;
            for (var challenge : Challenge.all(message))
                challenge
                        .nonce()
                        .ifPresent(nonce ->
                                issued.merge(
                                        cut(nonce),
                                        earlier(sighting, sighting.to().host()),
                                        (known, now) -> further(known, now, sighting)));
        } else if (carriesCredentials(sighting)) {
            for (var credentials : Credentials.all(message)) {
                var nonce = credentials.nonce().orElse("");
                if (nonce.isEmpty()) continue;
                used.putIfAbsent(
                        key(nonce, credentials.nc().orElse("")),
                        earlier(sighting, sighting.from().host()));
            }
        }
    }

    /// The same challenge one hop on its way to who asked, else what is known.
    private static Earlier further(Earlier known, Earlier now, Sighting sighting) {
        var isNext = known.callId().equals(now.callId()) && isPassedOn(known, sighting);
        return isNext ? now : known;
    }

    private static boolean isPassedOn(Earlier known, Sighting sighting) {
        return sighting.from().host().equals(known.host())
                && !sighting.at().isAfter(known.at().plus(ON_THE_WAY));
    }

    /// What is known of other stories that bears on this one; then learns who was refused in it.
    Past recall(Story story) {
        var own = new HashMap<String, Earlier>();
        var before = new HashMap<String, Earlier>();
        var refusals = new ArrayList<Refusal>(0);
        for (var one : story.transactions()) {
            var request = one.request();
            if (request.isEmpty()) continue;
            if (refusals.isEmpty() && !refused.isEmpty())
                refusals.addAll(refused.getOrDefault(path(one), NONE));
            if (!carriesCredentials(request.get())) continue;
            for (var credentials : Credentials.all(request.get().message())) {
                var nonce = credentials.nonce().orElse("");
                var key = key(nonce, credentials.nc().orElse(""));
                elsewhere(issued.get(cut(nonce)), story).ifPresent(it -> own.put(nonce, it));
                elsewhere(used.get(key), story).ifPresent(it -> before.put(key, it));
            }
        }
        var isAnswering =
                !answering.isEmpty()
                        && story.transactions().stream()
                                .filter(Nonces::isChallengedInvite)
                                .anyMatch(one -> answering.containsKey(one.client().host()));
        var leniency = EnumSet.noneOf(Leniency.class);
        for (var one : story.transactions()) {
            if (lenient.isEmpty()) break;
            leniency.addAll(lenient.getOrDefault(one.server().host(), Set.of()));
        }
        learn(story);
        return own.isEmpty()
                        && before.isEmpty()
                        && refusals.isEmpty()
                        && !isAnswering
                        && leniency.isEmpty()
                ? Past.NONE
                : new Past(own, before, refusals, isAnswering, leniency);
    }

    private static final ArrayDeque<Refusal> NONE = new ArrayDeque<>(0);

    private static boolean isChallengedInvite(Transaction one) {
        return one.is(Methods.INVITE) && one.isChallenged();
    }

    /// Whether its own client gave another digest-uri than its Request-URI.
    private static boolean hasOtherUri(Sighting request) {
        if (!(request.message().start() instanceof StartLine.Request start)) return false;
        return Credentials.all(request.message()).stream()
                .flatMap(one -> one.uri().stream())
                .anyMatch(uri -> !uri.equals(start.uri().text()));
    }

    private static boolean hasOtherQuotes(Sighting request) {
        return Credentials.all(request.message()).stream()
                .anyMatch(one -> !one.wronglyQuoted().isEmpty());
    }

    /// Whether it answers a challenge that a request with another From tag got.
    private static boolean hasOtherTag(Transaction one, Story story) {
        return story.transactions(one.method()).stream()
                .anyMatch(asked ->
                        asked.isChallenged()
                                && asked.cseq() == one.cseq() - 1
                                && !asked.fromTag().same(one.fromTag()));
    }

    private void accepts(Transaction one, Leniency what) {
        lenient.computeIfAbsent(one.server().host(), _ -> EnumSet.noneOf(Leniency.class)).add(what);
    }

    private void learn(Story story) {
        for (var one : story.transactions()) {
            var request = one.request();
            if (!one.isSuccess() || one.firstHop().depth() != 1 || request.isEmpty()) continue;
            if (!carriesCredentials(request.get())) continue;
            if (hasOtherUri(request.get())) accepts(one, Leniency.OTHER_URI);
            if (hasOtherQuotes(request.get())) accepts(one, Leniency.QUOTES);
            if (hasOtherTag(one, story)) accepts(one, Leniency.FROM_TAG);
        }
        for (var one : story.transactions()) {
            if (!isChallengedInvite(one) || one.hasProvisional()) continue;
            var answered =
                    story.transactions(Methods.INVITE).stream()
                            .filter(next -> next.cseq() > one.cseq())
                            .flatMap(next -> next.request().stream())
                            .anyMatch(Nonces::carriesCredentials);
            if (answered) answering.put(one.client().host(), true);
        }
        for (var one : story.transactions()) {
            var code = one.code();
            var request = one.request();
            if (code != 401 && code != 407 && code != 403 || request.isEmpty()) continue;
            if (!carriesCredentials(request.get())) continue;
            var sent = Credentials.all(request.get().message());
            if (sent.isEmpty() || sent.getFirst().response().orElse("").isEmpty()) continue;
            var of = refused.computeIfAbsent(path(one), _ -> new ArrayDeque<>(2));
            if (of.size() >= MOST_REFUSALS) of.removeFirst();
            of.addLast(
                    new Refusal(
                            one.client().host(),
                            one.server().host(),
                            sent.getFirst().username().orElse(""),
                            sent.getFirst().realm().orElse(""),
                            code,
                            one.finalAnswer().orElseThrow().first().at()));
        }
    }

    private static boolean carriesCredentials(Sighting request) {
        var message = request.message();
        return message.has(HeaderName.AUTHORIZATION) || message.has(HeaderName.PROXY_AUTHORIZATION);
    }

    private static Optional<Earlier> elsewhere(@Nullable Earlier one, Story story) {
        return Optional.ofNullable(one).filter(it -> !it.callId().equals(story.callId()));
    }

    private static Earlier earlier(Sighting sighting, String host) {
        var callId = sighting.message().raw(HeaderName.CALL_ID).map(Slice::text).orElse("");
        return new Earlier(callId, sighting.number(), sighting.at(), host);
    }

    private static String path(Transaction one) {
        return one.client().host() + " " + one.server().host();
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST);
    }
}
