// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.Optional;

/// Writes the credentials that answer a challenge (RFC 7616 §3.4): text values quoted, `algorithm`,
/// `qop` and `nc` not.
final class DigestAnswer {
    private static final String MASK = "***";

    /// Who answers.
    record Account(String user, Secrets secrets) {}

    /// What this user shares with the server of a realm; empty where that is not known.
    interface Secrets {
        Optional<DigestSecret> of(DigestAlgorithm algorithm, String user, String realm);
    }

    private final StringBuilder text = new StringBuilder("Digest ");

    private DigestAnswer() {}

    static Optional<String> to(
            Challenge challenge,
            DigestAccount account,
            String method,
            String uri,
            long nc,
            String cnonce,
            Slice body) {
        var known =
                new Account(
                        account.user(),
                        (algorithm, _, realm) -> Optional.of(account.secret(algorithm, realm)));
        return to(challenge, known, method, uri, nc, cnonce, body, true);
    }

    /// @param revealed whether the response stands in it, or three asterisks
    static Optional<String> to(
            Challenge challenge,
            Account account,
            String method,
            String uri,
            long nc,
            String cnonce,
            Slice body,
            boolean revealed) {
        var algorithm = DigestAlgorithm.of(challenge.algorithm());
        var qop = qop(challenge);
        if (!challenge.isUsable() || algorithm.isEmpty() || qop.isEmpty()) return Optional.empty();
        var realm = challenge.realm().orElseThrow();
        var nonce = challenge.nonce().orElseThrow();
        var count = "%08x".formatted(nc);
        var digest =
                new Digest(algorithm.get(), nonce, qop.get(), count, cnonce, method, uri, body);
        var answer = new DigestAnswer();
        var secret = account.secrets().of(algorithm.get(), account.user(), realm);
        if (secret.isEmpty()) return Optional.empty();
        answer.quoted("username", user(challenge, account, algorithm.get(), realm));
        answer.quoted("realm", realm);
        answer.quoted("nonce", nonce);
        answer.quoted("uri", uri);
        answer.quoted("response", revealed ? digest.response(secret.get()) : MASK);
        if (challenge.params().get("algorithm").isPresent())
            answer.plain("algorithm", challenge.algorithm());
        if (!qop.get().isEmpty()) {
            answer.plain("qop", qop.get());
            answer.plain("nc", count);
        }
        if (!qop.get().isEmpty() || algorithm.get().isSession()) answer.quoted("cnonce", cnonce);
        challenge.opaque().ifPresent(opaque -> answer.quoted("opaque", opaque));
        if (challenge.isUserhash()) answer.plain("userhash", "true");
        return Optional.of(answer.text.toString());
    }

    private static String user(
            Challenge challenge, Account account, DigestAlgorithm algorithm, String realm) {
        return challenge.isUserhash()
                ? Digest.userhash(algorithm, account.user(), realm)
                : account.user();
    }

    /// The qop to use, empty text for none; nothing if all that is offered is unknown.
    private static Optional<String> qop(Challenge challenge) {
        var offered = challenge.qop();
        if (offered.isEmpty()) return Optional.of("");
        if (offered.contains("auth")) return Optional.of("auth");
        return offered.contains("auth-int") ? Optional.of("auth-int") : Optional.empty();
    }

    private void quoted(String name, String value) {
        plain(name, '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"');
    }

    private void plain(String name, String value) {
        if (text.charAt(text.length() - 1) != ' ') text.append(", ");
        text.append(name).append('=').append(value);
    }
}
