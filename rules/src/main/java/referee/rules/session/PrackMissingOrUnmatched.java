// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.NETWORK;
import static referee.diagnosis.Role.SERVER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.OptionTag;
import referee.sip.RAck;
import referee.sip.Slice;

/// A reliable provisional response whose PRACK is missing, wrong or not recognised (RFC 3262 §3 and
/// §4).
public final class PrackMissingOrUnmatched implements Rule.OnTransaction {
    /// Copies of the response before anything is said: two may be lost packets.
    private static final int ENOUGH = 3;

    @Override
    public String id() {
        return "prack-missing-or-unmatched";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction invite, Story story) {
        if (!invite.is(Methods.INVITE) || story.isOneSided()) return List.of();
        var reliable = Reliable.of(invite);
        if (reliable.isEmpty()) return List.of();
        var findings = new ArrayList<Finding>(0);
        for (var one : reliable) check(one, reliable, invite, story).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> check(
            Reliable response, List<Reliable> all, Transaction invite, Story story) {
        var pracks = pracks(invite, story);
        var right = pracks.stream().filter(prack -> response.isFor(prack, invite)).toList();
        if (!right.isEmpty()) return recognised(response, right, invite, story);
        var wrong =
                pracks.stream()
                        .filter(prack -> !prack.first().isBefore(response.first().at()))
                        .filter(prack -> all.stream().noneMatch(one -> one.isFor(prack, invite)))
                        .filter(PrackMissingOrUnmatched::isRefused)
                        .findFirst();
        if (wrong.isPresent()) return Optional.of(mismatch(response, wrong.get(), invite, story));
        return pracks.stream().anyMatch(prack -> prack.first().isAfter(response.first().at()))
                ? Optional.empty()
                : missing(response, invite, story);
    }

    private static List<Transaction> pracks(Transaction invite, Story story) {
        return story.transactions(Methods.PRACK).stream()
                .filter(prack -> prack.fromTag().same(invite.fromTag()))
                .toList();
    }

    private static boolean isRefused(Transaction prack) {
        var code = prack.finalAnswerAnywhere().map(answer -> answer.code()).orElse(0);
        return code >= 400 && !prack.isChallenged();
    }

    /// The PRACK is right: it must be answered with 2xx and end the copies.
    private Optional<Finding> recognised(
            Reliable response, List<Transaction> pracks, Transaction invite, Story story) {
        for (var prack : pracks) {
            var answer = prack.finalAnswerAnywhere();
            if (answer.isEmpty() || !answer.get().isSuccess()) continue;
            var after = response.copiesAfter(prack.lastHop().finalAnswer().orElse(answer.get()));
            return after < ENOUGH - 1
                    ? Optional.empty()
                    : Optional.of(
                            draft(
                                            "%s was repeated %d times although its PRACK was answered with %d"
                                                    .formatted(
                                                            response.name(),
                                                            after,
                                                            answer.get().code()),
                                            response,
                                            story)
                                    .certainty(LIKELY)
                                    .proof(prack.request().stream().toList())
                                    .proof(answer.get().first())
                                    .blames(SERVER, invite.lastHop().server())
                                    .blames(MIDDLEBOX)
                                    .finding());
        }
        var refused = pracks.stream().filter(PrackMissingOrUnmatched::isRefused).findFirst();
        if (refused.isEmpty() || isOver(invite, refused.get())) return Optional.empty();
        var answer = refused.get().finalAnswerAnywhere().orElseThrow();
        var says =
                "the PRACK for %s is right and was refused with %d"
                        .formatted(response.name(), answer.code());
        return Optional.of(
                draft(says, response, story)
                        .proof(refused.get().request().stream().toList())
                        .proof(answer.first())
                        .blames(SERVER, refused.get().lastHop().server())
                        .blames(MIDDLEBOX)
                        .finding());
    }

    /// Whether the INVITE was over when the PRACK was refused: then there is nothing left to
    /// acknowledge.
    private static boolean isOver(Transaction invite, Transaction prack) {
        var answered = prack.finalAnswerAnywhere().orElseThrow().first().at();
        return invite.finalAnswerAnywhere()
                .map(answer -> !answer.first().at().isAfter(answered))
                .orElse(false);
    }

    private Finding mismatch(
            Reliable response, Transaction prack, Transaction invite, Story story) {
        var rack = prack.message().flatMap(message -> message.raw(HeaderName.RACK));
        var wanted = response.rack(invite);
        var said = rack.map(Slice::text).orElse("");
        var says =
                said.isEmpty()
                        ? "the PRACK for %s has no RAck".formatted(response.name())
                        : said.equals(wanted)
                                ? "the PRACK for %s belongs to another dialog"
                                        .formatted(response.name())
                                : "the PRACK for %s says RAck: %s where %s was right"
                                        .formatted(response.name(), said, wanted);
        return draft(says, response, story)
                .blames(CLIENT, prack.client())
                .proof(prack.request().stream().toList())
                .value("rack", wanted)
                .finding();
    }

    private Optional<Finding> missing(Reliable response, Transaction invite, Story story) {
        var last = response.copies().getLast().at();
        var hop = invite.lastHop();
        if (response.copies().size() < ENOUGH) return Optional.empty();
        if (!story.watchedFor(story.timers().t1(), last, hop.client(), hop.server()))
            return Optional.empty();
        var offered = isOffered(invite);
        var says =
                "%s was sent %d times and no PRACK was seen"
                        .formatted(response.name(), response.copies().size());
        var draft =
                draft(offered ? says : says + "; the INVITE did not offer 100rel", response, story)
                        .value("rack", response.rack(invite));
        if (invite.isSuccess()) draft.severity(Severity.MEDIUM);
        return Optional.of(
                offered
                        ? draft.certainty(LIKELY)
                                .blames(CLIENT, invite.client())
                                .blames(NETWORK)
                                .finding()
                        : draft.blames(SERVER, hop.server()).finding());
    }

    private static boolean isOffered(Transaction invite) {
        var message =
                invite.lastHop().requests().stream()
                        .findFirst()
                        .or(invite::request)
                        .map(sighting -> sighting.message());
        if (message.isEmpty()) return true;
        var tags = new ArrayList<OptionTag>(message.get().values(OptionTag.SUPPORTED));
        tags.addAll(message.get().values(OptionTag.REQUIRE));
        return tags.stream().anyMatch(tag -> tag.is("100rel"));
    }

    private Finding.Draft draft(String says, Reliable response, Story story) {
        return story.finding(this, says)
                .proof(response.copies())
                .value("code", response.code())
                .value("rseq", response.rseq());
    }

    /// Reads RAck and compares it number by number.
    static Optional<RAck> rack(Transaction prack) {
        return prack.message().flatMap(message -> message.first(RAck.KIND).optional());
    }
}
