// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import referee.evidence.Actors.Actor;
import referee.sip.Digest;
import referee.sip.DigestAlgorithm;
import referee.sip.DigestSecret;

/// Computes the credentials that a trace asks for with `auto`.
final class Auto {
    private static final Set<String> WORDS =
            Set.of(
                    "user",
                    "password",
                    "nc",
                    "cnonce",
                    "qop",
                    "uri",
                    "realm",
                    "nonce",
                    "algorithm",
                    "method",
                    "without");

    private Auto() {}

    static String credentials(String value, Draft request, Actor from, Call call, Counters counters)
            throws TraceError {
        var words = words(value);
        var challenge = call.challenge(from).flatMap(Auto::challenge).orElse("");
        var realm = word(words, challenge, "realm", from.host());
        var nonce = word(words, challenge, "nonce", "");
        var algorithm = word(words, challenge, "algorithm", "MD5");
        var offered = param(challenge, "qop").map(q -> q.split(",", 2)[0].strip());
        var qop = words.getOrDefault("qop", offered.orElse(""));
        var uri = words.getOrDefault("uri", request.uri());
        var user = words.getOrDefault("user", from.name());
        var nc =
                words.containsKey("nc")
                        ? words.get("nc")
                        : "%08x".formatted(call.nextNonceCount(nonce));
        var cnonce = words.getOrDefault("cnonce", counters.cnonce());
        var hash =
                DigestAlgorithm.of(algorithm)
                        .orElseThrow(() ->
                                new TraceError("unknown digest algorithm '" + algorithm + "'"));
        var secret = DigestSecret.of(hash, user, realm, words.getOrDefault("password", "secret"));
        var method = words.getOrDefault("method", request.method());
        var response = Digest.of(hash, nonce, qop, nc, cnonce, method, uri).response(secret);
        var parts = new LinkedHashMap<String, String>();
        parts.put("username", "\"" + user + "\"");
        parts.put("realm", "\"" + realm + "\"");
        parts.put("nonce", "\"" + nonce + "\"");
        parts.put("uri", "\"" + uri + "\"");
        parts.put("response", "\"" + response + "\"");
        parts.put("algorithm", algorithm);
        if (!qop.isEmpty()) {
            parts.put("qop", qop);
            parts.put("nc", nc);
            parts.put("cnonce", "\"" + cnonce + "\"");
        }
        param(challenge, "opaque").ifPresent(opaque -> parts.put("opaque", "\"" + opaque + "\""));
        for (var without : words.getOrDefault("without", "").split(",", -1)) parts.remove(without);
        return "Digest "
                + String.join(
                        ", ",
                        parts.entrySet().stream()
                                .map(e -> e.getKey() + "=" + e.getValue())
                                .toList());
    }

    private static Map<String, String> words(String value) throws TraceError {
        var words = new LinkedHashMap<String, String>();
        for (var word : value.split("\\s+", -1)) {
            if (word.equals("auto")) continue;
            var equals = word.indexOf('=');
            if (equals < 1 || !WORDS.contains(word.substring(0, equals))) {
                throw new TraceError("unknown word '" + word + "' behind auto");
            }
            words.put(word.substring(0, equals), word.substring(equals + 1));
        }
        return words;
    }

    private static String word(
            Map<String, String> words, String challenge, String name, String otherwise) {
        var given = words.get(name);
        return given != null ? given : param(challenge, name).orElse(otherwise);
    }

    private static Optional<String> challenge(Draft response) {
        return response.get("WWW-Authenticate").or(() -> response.get("Proxy-Authenticate"));
    }

    private static Optional<String> param(String challenge, String name) {
        for (var at = challenge.indexOf(name + "=");
                at >= 0;
                at = challenge.indexOf(name + "=", at + 1)) {
            if (at > 0 && " ,\t".indexOf(challenge.charAt(at - 1)) < 0) continue;
            var rest = challenge.substring(at + name.length() + 1);
            if (rest.startsWith("\""))
                return Optional.of(rest.substring(1, Math.max(1, rest.indexOf('"', 1))));
            var comma = rest.indexOf(',');
            return Optional.of(rest.substring(0, comma < 0 ? rest.length() : comma).strip());
        }
        return Optional.empty();
    }
}
