// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.AuthParams;
import referee.sip.AuthenticationInfo;
import referee.sip.Challenge;
import referee.sip.Credentials;
import referee.sip.Digest;
import referee.sip.DigestAccount;
import referee.sip.DigestAlgorithm;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// Answers challenges, and remembers for each Call-ID what its later requests can carry from the
/// start (RFC 3261 §22.3).
final class Authenticator {
    /// What a challenge leads to.
    sealed interface Answer {
        record Retry(List<String> realms, boolean stale, boolean staleOmitted) implements Answer {}

        record Rejected(String realm) implements Answer {}

        record Unanswerable(String why) implements Answer {}
    }

    /// The challenges of one request so far, by protection space.
    static final class Tries {
        private final Map<Space, Integer> rounds = new HashMap<>();
        private final Map<Space, Boolean> omitted = new HashMap<>();
    }

    /// A protection space: a realm, of a proxy or of a server.
    private record Space(boolean proxy, String realm) {}

    /// What answers a space: a challenge with its account, and how often its nonce was used.
    private static final class Key {
        private final Challenge challenge;
        private final DigestAccount account;
        private final String cnonce;
        private long count;

        Key(Challenge challenge, DigestAccount account, String cnonce) {
            this.challenge = challenge;
            this.account = account;
            this.cnonce = cnonce;
        }
    }

    private static final int MOST_ROUNDS = 3;
    private static final int MOST_SPACES = 16;
    private static final int MOST_SESSIONS = 10_000;

    private final Accounts accounts;
    private final Preference preference;
    private final Tokens tokens;
    private final Map<String, Map<Space, Key>> sessions = new LinkedHashMap<>(16, 0.75f, true);

    Authenticator(Accounts accounts, Preference preference, Tokens tokens) {
        this.accounts = accounts;
        this.preference = preference;
        this.tokens = tokens;
    }

    /// The request with credentials for every space that has asked for them under this Call-ID.
    Draft sign(String callId, Draft draft) {
        var signed = draft;
        for (var known : sessions.getOrDefault(callId, Map.of()).entrySet()) {
            var name = known.getKey().proxy() ? "Proxy-Authorization" : "Authorization";
            var value = credentials(known.getValue(), draft);
            if (value.isPresent()) signed = signed.with(name, value.get());
        }
        return signed;
    }

    private Optional<String> credentials(Key key, Draft draft) {
        key.count++;
        return Digest.authorization(
                key.challenge,
                key.account,
                draft.method(),
                draft.uri(),
                key.count,
                key.cnonce,
                draft.body());
    }

    Answer answer(String callId, SipMessage request, SipMessage response, Tries tries) {
        var sent = Credentials.all(request);
        var why = "no challenge with realm and nonce";
        var realms = new ArrayList<String>();
        var stale = false;
        var omitted = false;
        for (var asked : spaces(response).entrySet()) {
            var space = asked.getKey();
            var chosen = choose(asked.getValue());
            if (chosen.isEmpty()) {
                why = "no algorithm and qop known here for realm \"" + space.realm() + "\"";
                continue;
            }
            var account = accounts.of(chosen.get());
            if (account.isEmpty()) {
                why = "no account for realm \"" + space.realm() + "\"";
                continue;
            }
            var before = nonceSent(sent, space);
            if (before.isPresent()) {
                var again = again(space, chosen.get(), before.get(), tries);
                if (again.isEmpty()) return new Answer.Rejected(space.realm());
                stale |= !again.get();
                omitted |= again.get();
            }
            remember(callId, space, new Key(chosen.get(), account.get(), tokens.word()));
            realms.add(space.realm());
        }
        return realms.isEmpty()
                ? new Answer.Unanswerable(why)
                : new Answer.Retry(realms, stale, omitted);
    }

    /// Whether credentials that were refused may be computed once more.
    ///
    /// @return empty if they are wrong; else whether the server has left out `stale=true`
    private static Optional<Boolean> again(
            Space space, Challenge challenge, String before, Tries tries) {
        var rounds = tries.rounds.merge(space, 1, Integer::sum);
        if (rounds >= MOST_ROUNDS || challenge.nonce().orElse("").equals(before))
            return Optional.empty();
        if (challenge.isStale()) return Optional.of(false);
        return tries.omitted.put(space, true) == null ? Optional.of(true) : Optional.empty();
    }

    private static Map<Space, List<Challenge>> spaces(SipMessage response) {
        var found = new LinkedHashMap<Space, List<Challenge>>();
        for (var challenge : Challenge.all(response)) {
            if (!challenge.isUsable() || found.size() >= MOST_SPACES) continue;
            var space = new Space(challenge.isProxy(), challenge.realm().orElseThrow());
            found.computeIfAbsent(space, _ -> new ArrayList<>()).add(challenge);
        }
        return found;
    }

    private Optional<Challenge> choose(List<Challenge> offered) {
        var able = offered.stream().filter(Authenticator::isAble).toList();
        if (preference == Preference.TOPMOST) return able.stream().findFirst();
        Optional<Challenge> best = Optional.empty();
        for (var challenge : able) {
            if (best.isEmpty() || strength(challenge) > strength(best.get()))
                best = Optional.of(challenge);
        }
        return best;
    }

    private static boolean isAble(Challenge challenge) {
        var qop = challenge.qop();
        return DigestAlgorithm.of(challenge.algorithm()).isPresent()
                && (qop.isEmpty() || qop.contains("auth") || qop.contains("auth-int"));
    }

    private static int strength(Challenge challenge) {
        return switch (DigestAlgorithm.of(challenge.algorithm()).orElse(DigestAlgorithm.MD5)) {
            case MD5, MD5_SESS -> 1;
            case AKA_V1_MD5 -> 2;
            case SHA_256, SHA_256_SESS -> 3;
            case SHA_512_256, SHA_512_256_SESS -> 4;
        };
    }

    private static Optional<String> nonceSent(List<Credentials> sent, Space space) {
        return sent.stream()
                .filter(one -> one.isProxy() == space.proxy())
                .filter(one -> one.realm().orElse("").equals(space.realm()))
                .flatMap(one -> one.nonce().stream())
                .findFirst();
    }

    private void remember(String callId, Space space, Key key) {
        if (!sessions.containsKey(callId) && sessions.size() >= MOST_SESSIONS)
            sessions.remove(sessions.keySet().iterator().next());
        var known = sessions.computeIfAbsent(callId, _ -> new LinkedHashMap<>());
        if (known.size() < MOST_SPACES || known.containsKey(space)) known.put(space, key);
    }

    /// Takes the next nonce of an Authentication-Info, and checks its proof.
    ///
    /// @return whether the server's digest is right; empty if there is none
    Optional<Boolean> learn(String callId, SipMessage request, SipMessage response) {
        Optional<Boolean> proof = Optional.empty();
        for (var proxy : List.of(false, true)) {
            var kind = proxy ? AuthenticationInfo.PROXY : AuthenticationInfo.KIND;
            var info = response.first(kind).optional();
            if (info.isEmpty()) continue;
            for (var known : sessions.getOrDefault(callId, Map.of()).entrySet()) {
                if (known.getKey().proxy() != proxy) continue;
                if (proof.isEmpty())
                    proof = proof(known.getValue(), known.getKey(), request, response, info.get());
                info.get()
                        .nextnonce()
                        .map(next -> next(known.getValue(), next))
                        .ifPresent(known::setValue);
            }
        }
        return proof;
    }

    private static Optional<Boolean> proof(
            Key key,
            Space space,
            SipMessage request,
            SipMessage response,
            AuthenticationInfo info) {
        if (info.rspauth().isEmpty()) return Optional.empty();
        for (var sent : Credentials.all(request)) {
            if (sent.isProxy() != space.proxy() || !sent.realm().orElse("").equals(space.realm()))
                continue;
            return Digest.of(sent, request.method(), response.body())
                    .map(digest ->
                            digest.rspauth(key.account.secret(digest.algorithm(), space.realm())))
                    .map(right -> right.equalsIgnoreCase(info.rspauth().get()));
        }
        return Optional.empty();
    }

    private Key next(Key key, String nonce) {
        var params = new ArrayList<AuthParams.Param>();
        for (var param : key.challenge.params().all()) {
            params.add(
                    param.name().isIgnoreCase("nonce")
                            ? new AuthParams.Param(
                                    param.name(), Slice.of(nonce), AuthParams.Form.TOKEN)
                            : param);
        }
        var renewed = new AuthParams(key.challenge.params().scheme(), params);
        return new Key(new Challenge(key.challenge.header(), renewed), key.account, tokens.word());
    }
}
