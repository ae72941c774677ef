// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import referee.sip.DigestVerdict.Mistaken;

/// Goes through the known mistakes for one account until one gives the response that was sent.
final class DigestSuspects {
    private static final List<String> OTHER_METHODS =
            List.of(
                    "REGISTER",
                    "INVITE",
                    "ACK",
                    "BYE",
                    "CANCEL",
                    "OPTIONS",
                    "SUBSCRIBE",
                    "NOTIFY",
                    "REFER",
                    "MESSAGE",
                    "PUBLISH",
                    "UPDATE",
                    "INFO",
                    "PRACK",
                    "GET",
                    "POST",
                    "");

    private static final List<String> QOP_LISTS =
            List.of(
                    "auth,auth-int",
                    "auth, auth-int",
                    "auth-int,auth",
                    "auth-int, auth",
                    "\"auth\"",
                    "auth",
                    "auth-int",
                    "AUTH");

    private final DigestCheck check;
    private final Digest digest;
    private final AccountKey key;
    private final String sent;
    private final String name;
    private final String realm;
    private @Nullable Mistaken found;

    DigestSuspects(DigestCheck check, Digest digest, AccountKey key, String sent) {
        this.check = check;
        this.digest = digest;
        this.key = key;
        this.sent = sent;
        var printed = check.credentials().username().orElse("");
        this.name = check.credentials().isUserhash() ? key.user() : printed;
        this.realm = check.credentials().realm().orElse("");
    }

    DigestVerdict verdict() {
        var secret = key.secret(digest.algorithm(), name, realm);
        if (!name.equals(key.user())) return otherName();
        if (secret.isPresent()) {
            var right = digest.response(secret.get());
            if (right.equals(sent)) return new DigestVerdict.Right();
            if (right.equalsIgnoreCase(sent))
                return new Mistaken(
                        DigestMistake.UPPER_CASE,
                        "the response is right, but in upper-case hex digits");
            parts(secret.get());
        }
        names();
        realms();
        algorithms();
        if (key.hasPassword()) {
            for (var variant : PasswordForms.of(key.password()))
                suspect(
                        DigestMistake.PASSWORD,
                        "the password was hashed " + variant.how(),
                        digest,
                        DigestSecret.of(digest.algorithm(), name, realm, variant.octets()));
        }
        if (found != null) return found;
        var whole = sent.length() == digest.algorithm().responseDigits();
        return secret.isPresent() && whole
                ? new DigestVerdict.Different()
                : new DigestVerdict.Unknown();
    }

    /// The account is known under a name of another form.
    private DigestVerdict otherName() {
        suspect(
                DigestMistake.USERNAME,
                "the account is \"%s\", and the client calls itself \"%s\""
                        .formatted(key.user(), name),
                digest,
                key.secret(digest.algorithm(), name, realm));
        suspect(
                DigestMistake.USERNAME,
                "the header says \"%s\", and \"%s\" was hashed".formatted(name, key.user()),
                digest,
                key.secret(digest.algorithm(), key.user(), realm));
        return found != null ? found : new DigestVerdict.Unknown();
    }

    private void parts(DigestSecret secret) {
        for (var method : OTHER_METHODS)
            made(DigestMistake.METHOD, "method", method, digest.withMethod(method), secret);
        var lower = digest.method().toLowerCase(Locale.ROOT);
        made(DigestMistake.METHOD, "method", lower, digest.withMethod(lower), secret);
        for (var uri : UriForms.of(check.request(), digest.uri(), realm))
            made(DigestMistake.URI, "uri", uri, digest.withUri(uri), secret);
        qops(secret);
        counts(secret);
        nonces(secret);
        bodies(secret);
    }

    private void qops(DigestSecret secret) {
        for (var qop : QOP_LISTS) {
            if (digest.qop().isEmpty()) continue;
            made(DigestMistake.QOP, "qop", qop, digest.withQop(qop), secret);
        }
        if (!digest.qop().isEmpty())
            suspect(
                    DigestMistake.FORM,
                    "the digest was made without nc, cnonce and qop, as where no qop is offered",
                    digest.withQop(""),
                    secret);
        if (digest.qop().isEmpty()) {
            var count = digest.nc().isEmpty() ? "00000001" : digest.nc();
            suspect(
                    DigestMistake.FORM,
                    "the digest was made with qop auth, which the header does not show",
                    digest.withQop("auth").withNc(count),
                    secret);
        }
    }

    private void counts(DigestSecret secret) {
        for (var nc : CountForms.of(digest.nc()))
            made(DigestMistake.FORM, "nc", nc, digest.withNc(nc), secret);
        made(DigestMistake.FORM, "cnonce", "", digest.withCnonce(""), secret);
        made(
                DigestMistake.FORM,
                "cnonce",
                "\"" + digest.cnonce() + "\"",
                digest.withCnonce("\"" + digest.cnonce() + "\""),
                secret);
    }

    private void nonces(DigestSecret secret) {
        for (var nonce : check.earlierNonces())
            suspect(
                    DigestMistake.NONCE,
                    "the digest was made with the nonce of an earlier challenge",
                    digest.withNonce(nonce),
                    secret);
        check.challenge()
                .flatMap(Challenge::nonce)
                .ifPresent(nonce ->
                        suspect(
                                DigestMistake.NONCE,
                                "the digest was made with the nonce of the challenge, and the header shows another",
                                digest.withNonce(nonce),
                                secret));
        for (var nonce :
                List.of(
                        "",
                        "\"" + digest.nonce() + "\"",
                        digest.nonce().replace('+', ' '),
                        digest.nonce().replace("=", "")))
            suspect(
                    DigestMistake.NONCE,
                    "the digest was made with a nonce that was changed on the way",
                    digest.withNonce(nonce),
                    secret);
    }

    private void bodies(DigestSecret secret) {
        if (digest.qop().equals("auth-int")) {
            for (var form : BodyForms.of(digest.body()))
                suspect(
                        DigestMistake.BODY,
                        "the digest was made over the body " + form.how(),
                        digest.withBody(form.octets()),
                        secret);
        }
    }

    private void names() {
        for (var other : NameForms.of(check.request(), name, realm))
            suspect(
                    DigestMistake.USERNAME,
                    "the header says \"%s\", and \"%s\" was hashed".formatted(name, other),
                    digest,
                    key.hasPassword()
                            ? key.secret(digest.algorithm(), other, realm)
                            : Optional.empty());
    }

    private void realms() {
        if (!key.hasPassword()) return;
        for (var other : NameForms.realms(check.request(), realm))
            made(
                    DigestMistake.REALM,
                    "realm",
                    other,
                    digest,
                    DigestSecret.of(digest.algorithm(), name, other, key.password()));
    }

    private void algorithms() {
        for (var other : DigestAlgorithm.values()) {
            if (other == digest.algorithm() || other == DigestAlgorithm.AKA_V1_MD5) continue;
            key.secret(other, name, realm)
                    .ifPresent(secret ->
                            made(
                                    DigestMistake.ALGORITHM,
                                    "algorithm",
                                    other.word(),
                                    digest.withAlgorithm(other),
                                    secret));
            key.secret(other, name, realm)
                    .ifPresent(secret ->
                            suspect(
                                    DigestMistake.HA1_ALGORITHM,
                                    "HA1 was made with %s and the rest with %s"
                                            .formatted(other.word(), digest.algorithm().word()),
                                    digest,
                                    secret));
        }
        if (key.hasPassword() && digest.algorithm().responseDigits() == 64) {
            var cut = TruncatedSha512.response(digest, name, realm, key.password());
            if (found == null && cut.equals(sent))
                found =
                        new Mistaken(
                                DigestMistake.ALGORITHM,
                                "the digest was made with SHA-512 cut to 256 bits");
        }
    }

    private void made(
            DigestMistake mistake, String part, String value, Digest other, DigestSecret secret) {
        var says =
                value.isEmpty()
                        ? "the digest was made with no " + part
                        : "the digest was made with %s %s".formatted(part, value);
        suspect(mistake, says, other, secret);
    }

    private void suspect(
            DigestMistake mistake, String says, Digest other, Optional<DigestSecret> secret) {
        secret.ifPresent(one -> suspect(mistake, says, other, one));
    }

    private void suspect(DigestMistake mistake, String says, Digest other, DigestSecret secret) {
        if (found == null && other.response(secret).equalsIgnoreCase(sent))
            found = new Mistaken(mistake, says);
    }
}
