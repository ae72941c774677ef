// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import static java.util.stream.Collectors.joining;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.NOBODY;
import static referee.diagnosis.Role.OPERATOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.reference.Code;
import referee.reference.Codes;
import referee.reference.Effect;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.Sdp;
import referee.sip.SipMessage;
import referee.sip.Warning;

/// The offered media are refused: no common codec, or another kind of encryption (RFC 3261
/// §21.4.26).
public final class MediaNegotiation488 implements Rule.OnStory {
    private static final Set<Integer> CODES = Set.of(415, 488, 606);

    /// Streams, and codecs of each, that a sentence can hold.
    private static final int MOST = 4;

    @Override
    public String id() {
        return "media-negotiation-488";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var invite : story.transactions(Methods.INVITE)) {
            if (!CODES.contains(invite.code()) || !hasOffer(invite)) continue;
            if (invite.isInDialog()) findings.add(change(invite, story));
            else if (!hasSucceeded(story)) findings.add(call(invite, story));
        }
        return findings;
    }

    /// No offer is one as well; a body that cannot be read is about something else, unless it is of
    /// a wrong type.
    private static boolean hasOffer(Transaction invite) {
        return invite.message()
                .filter(message ->
                        invite.code() == 415
                                || !message.has(HeaderName.CONTENT_TYPE)
                                || media(message).isPresent())
                .isPresent();
    }

    /// A second try, with other media, was answered.
    private static boolean hasSucceeded(Story story) {
        return story.transactions(Methods.INVITE).stream()
                .anyMatch(one -> !one.isInDialog() && one.isSuccess());
    }

    private Finding call(Transaction invite, Story story) {
        return draft("%s was refused with %d%s", invite, story)
                .certainty(POSSIBLE)
                .blames(OPERATOR)
                .finding();
    }

    /// Within a call the refusal changes nothing (RFC 3261 §14.1): no alarm.
    private Finding change(Transaction invite, Story story) {
        var goesOn =
                Codes.of(invite.code())
                        .map(Code::effect)
                        .filter(Effect.TRANSACTION::equals)
                        .isPresent();
        return draft(
                        goesOn
                                ? "a change to %s was refused with %d%s; the call goes on as it was"
                                : "a change to %s was refused with %d%s",
                        invite,
                        story)
                .severity(Severity.INFO)
                .certainty(POSSIBLE)
                .blames(NOBODY)
                .finding();
    }

    private Finding.Draft draft(String words, Transaction invite, Story story) {
        var answer = invite.finalAnswer().orElseThrow();
        var offer = invite.message().flatMap(MediaNegotiation488::media);
        var says = words.formatted(offer.orElse("an INVITE"), answer.code(), reasons(answer));
        var draft =
                story.finding(this, says)
                        .proof(invite.request().orElseThrow())
                        .proof(answer.first());
        offer.ifPresent(media -> draft.value("offer", media));
        return draft;
    }

    private static String reasons(Answer answer) {
        var message = answer.first().message();
        var warnings =
                message.values(Warning.KIND).stream()
                        .limit(2)
                        .map(warning -> "; Warning: %d".formatted(warning.code()))
                        .collect(joining());
        return warnings + media(message).map(taken -> "; it takes " + taken).orElse("");
    }

    /// Such as `audio RTP/SAVP with PCMU, PCMA`.
    private static Optional<String> media(SipMessage message) {
        return Sdp.of(message)
                .optional()
                .map(sdp ->
                        sdp.media().stream()
                                .limit(MOST)
                                .map(MediaNegotiation488::line)
                                .collect(joining(" and ")))
                .filter(words -> !words.isEmpty());
    }

    private static String line(Sdp.Media media) {
        var line = media.type() + " " + media.protocol();
        var codecs = media.codecs().stream().map(Sdp.Codec::name).map(MediaNegotiation488::name);
        var named = codecs.distinct().limit(MOST).collect(joining(", "));
        if (!named.isEmpty()) return line + " with " + named;
        var types = media.formats().stream().limit(MOST).collect(joining(", "));
        return line + " with format " + types;
    }

    /// Without rate and channels.
    private static String name(String codec) {
        var slash = codec.indexOf('/');
        return slash < 0 ? codec : codec.substring(0, slash);
    }
}
