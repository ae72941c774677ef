// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.Optional;
import referee.diagnosis.Past.Leniency;
import referee.diagnosis.Round;
import referee.diagnosis.Story;
import referee.rules.auth.Retry.Match;
import referee.sip.Challenge;
import referee.sip.DigestVerdict;

/// Finds what is wrong with a retry, the most telling first.
final class Mistakes {
    private Mistakes() {}

    static Mistake of(Retry retry, Story story) {
        var match = retry.match();
        if (AkaSyncFailure.isResync(retry.after())) return Mistake.RESYNC;
        if (match.isEmpty()) return unmatched(retry);
        if (isPart(retry)) return Mistake.PART_OF_REALMS;
        if (retry.after().transaction().cseq() == retry.before().transaction().cseq())
            return Mistake.SAME_CSEQ;
        if (!match.get().isSameNonce()) return Mistake.OLD_NONCE;
        return switch (Lamp.on(retry, story)) {
            case DigestVerdict.Mistaken(var part, _) -> Lamp.mistake(part);
            case DigestVerdict.Different _ -> Mistake.PASSWORD_DIFFERS;
            case DigestVerdict.Right _ ->
                    visible(retry, match.get(), story).orElse(server(retry, match.get()));
            case DigestVerdict.Unknown _ -> visible(retry, match.get(), story).orElse(Mistake.NONE);
        };
    }

    /// The client is right: either the server compares URIs that a proxy changed, or it holds
    /// another secret.
    private static Mistake server(Retry retry, Match match) {
        var uri = match.credentials().uri().orElse("");
        if (isBodyChanged(retry, match)) return Mistake.BODY_CHANGED;
        return DigestUris.arrived(retry.after().transaction())
                        .filter(there -> !DigestUris.isSame(there, uri))
                        .isPresent()
                ? Mistake.STRICT_URI
                : Mistake.SERVER;
    }

    /// Whether the body arrived as another than the one that auth-int was made over.
    private static boolean isBodyChanged(Retry retry, Match match) {
        if (match.credentials().qop().filter("auth-int"::equalsIgnoreCase).isEmpty()) return false;
        var sent = retry.after().transaction().firstHop().requests();
        var arrived = retry.after().transaction().lastHop().requests();
        return !sent.isEmpty()
                && !arrived.isEmpty()
                && !sent.getFirst().message().body().same(arrived.getFirst().message().body());
    }

    private static Mistake unmatched(Retry retry) {
        if (retry.wrongHeader().isPresent()) return Mistake.WRONG_HEADER;
        return Realms.strange(retry).isPresent() ? Mistake.OTHER_REALM : Mistake.NO_CREDENTIALS;
    }

    /// Whether a realm asks again that had asked before and got nothing this time.
    private static boolean isPart(Retry retry) {
        return retry.after().challenges().stream()
                .anyMatch(again ->
                        again.isUsable()
                                && !retry.after().carriesFor(again)
                                && retry.earlier().stream()
                                        .anyMatch(round -> hasAsked(round, again)));
    }

    private static boolean hasAsked(Round round, Challenge again) {
        return round.challenges().stream()
                .anyMatch(one ->
                        one.isProxy() == again.isProxy() && one.realm().equals(again.realm()));
    }

    /// What the messages show without knowing the password.
    private static Optional<Mistake> visible(Retry retry, Match match, Story story) {
        return Ways.mistake(retry)
                .or(() -> Forms.mistake(match))
                .or(() -> Counts.mistake(retry, match, story))
                .or(() -> DigestUris.mistake(retry, match, story))
                .or(() -> identity(retry, story))
                .or(() -> opaque(match))
                .or(() -> Forms.quoting(match, retry.code(), story));
    }

    private static Optional<Mistake> identity(Retry retry, Story story) {
        if (story.past().leniency().contains(Leniency.FROM_TAG)) return Optional.empty();
        var before = retry.before().transaction().fromTag();
        var after = retry.after().transaction().fromTag();
        return before.isEmpty() || after.same(before)
                ? Optional.empty()
                : Optional.of(Mistake.IDENTITY);
    }

    private static Optional<Mistake> opaque(Match match) {
        var asked = match.challenge().opaque().orElse("");
        var sent = match.credentials().opaque().orElse("");
        return asked.equals(sent) ? Optional.empty() : Optional.of(Mistake.OPAQUE);
    }
}
