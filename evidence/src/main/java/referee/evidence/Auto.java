// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.evidence.Actors.Actor;
import referee.sip.Challenge;
import referee.sip.Digest;
import referee.sip.DigestAlgorithm;
import referee.sip.DigestSecret;
import referee.sip.HeaderName;
import referee.sip.Slice;

/// Fills in what a trace asks for with `auto`: credentials, with one thing wrong if it says so, and
/// challenges.
final class Auto {
    private static final Set<String> ANSWER =
            Set.of(
                    "user",
                    "password",
                    "realm",
                    "nonce",
                    "uri",
                    "algorithm",
                    "qop",
                    "nc",
                    "cnonce",
                    "method",
                    "without",
                    "quoted",
                    "unquoted",
                    "hash-user",
                    "hash-realm",
                    "hash-nonce",
                    "hash-uri",
                    "hash-algorithm",
                    "hash-qop",
                    "hash-nc",
                    "hash-cnonce",
                    "hash-method",
                    "hash-body");
    private static final Set<String> CHALLENGE =
            Set.of(
                    "realm",
                    "nonce",
                    "algorithm",
                    "qop",
                    "opaque",
                    "stale",
                    "userhash",
                    "domain",
                    "without",
                    "quoted",
                    "unquoted");

    private final Draft draft;
    private final Actor from;
    private final Call call;
    private final Challenges challenges;
    private final Counters counters;

    Auto(Draft draft, Actor from, Call call, Challenges challenges, Counters counters) {
        this.draft = draft;
        this.from = from;
        this.call = call;
        this.challenges = challenges;
        this.counters = counters;
    }

    /// Answers the last challenge of each kind that this end got in this call.
    void answerAll() throws TraceError {
        var www = challenges.given(from, call, HeaderName.WWW_AUTHENTICATE);
        var proxy = challenges.given(from, call, HeaderName.PROXY_AUTHENTICATE);
        if (www.isEmpty() && proxy.isEmpty())
            throw new TraceError(
                    "nothing to answer: %s was not challenged in call '%s'"
                            .formatted(from.name(), call.name()));
        if (!www.isEmpty()) draft.replace("Authorization", "auto");
        if (!proxy.isEmpty()) draft.replace("Proxy-Authorization", "auto");
    }

    /// Puts the value in place of each `auto`.
    void fillIn() throws TraceError {
        fill("Authorization", value -> answer(value, false));
        fill("Proxy-Authorization", value -> answer(value, true));
        fill("WWW-Authenticate", this::challenge);
        fill("Proxy-Authenticate", this::challenge);
    }

    private interface Filling {
        String fill(String value) throws TraceError;
    }

    private void fill(String header, Filling filling) throws TraceError {
        for (var i = 0; i < draft.size(); i++) {
            var line = draft.line(i);
            if (Draft.same(line.name(), header) && AutoWords.isAuto(line.value()))
                draft.line(i, filling.fill(line.value()));
        }
    }

    private String challenge(String value) throws TraceError {
        var words = AutoWords.of(value, CHALLENGE);
        var parts = new DigestParts();
        parts.put("realm", words.get("realm", from.host()));
        parts.put("nonce", words.get("nonce").orElseGet(counters::nonce));
        words.get("domain").ifPresent(domain -> parts.put("domain", domain));
        words.get("opaque").ifPresent(opaque -> parts.put("opaque", opaque));
        words.get("stale").ifPresent(stale -> parts.put("stale", stale));
        parts.put("algorithm", words.get("algorithm", "MD5"));
        parts.put("qop", words.get("qop", "auth"));
        words.get("userhash").ifPresent(userhash -> parts.put("userhash", userhash));
        return parts.written(words, Set.of("realm", "nonce", "domain", "opaque", "qop"));
    }

    private String answer(String value, boolean proxy) throws TraceError {
        var words = AutoWords.of(value, ANSWER);
        var challenge = choose(challenges.toAnswer(from, call, proxy), words);
        if (challenge.isEmpty() && words.get("nonce").isEmpty())
            throw new TraceError(
                    "nothing to answer: %s was not challenged before, and no nonce= is given"
                            .formatted(from.name()));
        var realm = words.get("realm").or(() -> challenge.flatMap(Challenge::realm));
        var nonce = words.get("nonce").or(() -> challenge.flatMap(Challenge::nonce)).orElse("");
        var parts = new DigestParts();
        parts.put("username", words.get("user", from.name()));
        parts.put("realm", realm.orElse(from.host()));
        parts.put("nonce", nonce);
        parts.put("uri", words.get("uri", draft.uri()));
        parts.put("response", "");
        var offered = challenge.map(Challenge::algorithm).orElse("MD5");
        parts.put("algorithm", words.get("algorithm", offered));
        parts.put("qop", words.get("qop").or(() -> challenge.flatMap(Auto::qop)).orElse(""));
        var count = challenges.use(from, nonce);
        parts.put("nc", words.get("nc").orElseGet(() -> "%08x".formatted(count)));
        parts.put("cnonce", words.get("cnonce").orElseGet(counters::cnonce));
        challenge.flatMap(Challenge::opaque).ifPresent(opaque -> parts.put("opaque", opaque));
        parts.put("response", response(parts, words));
        if (challenge.map(Challenge::isUserhash).orElse(false)) hashUser(parts);
        dropUnused(parts, words);
        return parts.written(
                words, Set.of("username", "realm", "nonce", "uri", "response", "cnonce", "opaque"));
    }

    /// The challenge that the words speak of, else the first that can be answered, else the first.
    private static Optional<Challenge> choose(List<Challenge> given, AutoWords words) {
        var algorithm = words.get("algorithm", "");
        var realm = words.get("realm", "");
        return given.stream()
                .filter(one ->
                        one.algorithm().equalsIgnoreCase(algorithm)
                                || one.realm().orElse("").equals(realm))
                .findFirst()
                .or(() ->
                        given.stream()
                                .filter(Challenge::isUsable)
                                .filter(one -> DigestAlgorithm.of(one.algorithm()).isPresent())
                                .findFirst())
                .or(() -> given.stream().findFirst());
    }

    private static Optional<String> qop(Challenge challenge) {
        return challenge.qop().contains("auth")
                ? Optional.of("auth")
                : challenge.qop().stream().findFirst();
    }

    private String response(DigestParts parts, AutoWords words) throws TraceError {
        var word = words.hashed("algorithm", parts.get("algorithm"));
        var algorithm =
                DigestAlgorithm.of(word)
                        .orElseThrow(
                                () -> new TraceError("unknown digest algorithm '" + word + "'"));
        var digest =
                new Digest(
                        algorithm,
                        words.hashed("nonce", parts.get("nonce")),
                        words.hashed("qop", parts.get("qop")),
                        words.hashed("nc", parts.get("nc")),
                        words.hashed("cnonce", parts.get("cnonce")),
                        words.hashed("method", words.get("method", draft.method())),
                        words.hashed("uri", parts.get("uri")),
                        hashedBody(words));
        return digest.response(
                DigestSecret.of(
                        algorithm,
                        words.hashed("user", parts.get("username")),
                        words.hashed("realm", parts.get("realm")),
                        words.get("password", "secret")));
    }

    /// The body; with `lf` its lines end in LF alone, with `empty` it is not there.
    private Slice hashedBody(AutoWords words) throws TraceError {
        var word = words.get("hash-body", "");
        return switch (word) {
            case "" -> Slice.of(draft.body());
            case "empty" -> Slice.EMPTY;
            case "lf" -> Slice.of(Slice.of(draft.body()).text().replace("\r\n", "\n"));
            default -> throw new TraceError("unknown body '" + word + "': lf or empty");
        };
    }

    private static void hashUser(DigestParts parts) {
        var algorithm = DigestAlgorithm.of(parts.get("algorithm")).orElse(DigestAlgorithm.MD5);
        parts.put(
                "username", Digest.userhash(algorithm, parts.get("username"), parts.get("realm")));
        parts.put("userhash", "true");
    }

    /// Without qop there is no nonce count, and no cnonce but for a session, unless asked for.
    private static void dropUnused(DigestParts parts, AutoWords words) {
        if (!parts.get("qop").isEmpty()) return;
        parts.remove("qop");
        if (words.get("nc").isEmpty()) parts.remove("nc");
        var algorithm = DigestAlgorithm.of(parts.get("algorithm"));
        var session = algorithm.map(DigestAlgorithm::isSession).orElse(false);
        if (!session && words.get("cnonce").isEmpty()) parts.remove("cnonce");
    }
}
