// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.TRANSFEREE;
import static referee.diagnosis.Role.TRANSFEROR;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.sip.Methods;
import referee.sip.OptionTag;
import referee.sip.ReferSub;

/// One side misreads a REFER without subscription (RFC 4488 §4, RFC 7614 §4, §5).
public final class ReferSubSuppressionMishandled implements Rule.OnTransfer {
    private static final Set<String> TAGS = Set.of("norefersub", "nosub", "explicitsub");

    /// Around the 32 s after which a subscriber gives up (RFC 6665 §4.1.2.4).
    private static final Duration LEAST = Duration.ofSeconds(28);

    private static final Duration MOST = Duration.ofSeconds(45);

    @Override
    public String id() {
        return "refer-sub-suppression-mishandled";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        if (transfer.refer().code() == 420) return notRetried(transfer, story);
        if (transfer.accepted().isEmpty()) return List.of();
        var accepted = transfer.accepted().get();
        if (requires(transfer, "explicitsub")) return withoutAddress(transfer, accepted, story);
        if (isSuppressed(accepted)) return waitedAnyway(transfer, accepted, story);
        return asked(transfer) ? refusedAnyway(transfer, accepted, story) : List.of();
    }

    /// Whether the REFER asked for no subscription, and its 2xx did not grant that.
    static boolean isNotGranted(Transfer transfer) {
        return asked(transfer) && transfer.accepted().filter(one -> !isSuppressed(one)).isPresent();
    }

    private List<Finding> notRetried(Transfer transfer, Story story) {
        var tag = TAGS.stream().filter(one -> requires(transfer, one)).findFirst();
        var refer = transfer.refer();
        var answer = refer.finalAnswer().orElseThrow().first();
        var again =
                story.transactions(Methods.REFER).stream()
                        .anyMatch(one -> one.first().isAfter(answer.at()));
        if (tag.isEmpty() || again) return List.of();
        var wait = refer.patience(story.timers());
        if (!story.watchedFor(wait, answer.at(), transfer.transferor(), refer.server()))
            return List.of();
        var says =
                "REFER requires %s, was answered with 420 and not sent again without it"
                        .formatted(tag.get());
        return transfer.finding(this, story, says)
                .blames(TRANSFEROR, transfer.transferor())
                .proof(refer.request().stream().toList())
                .proof(answer)
                .value("tag", tag.get())
                .list();
    }

    private List<Finding> withoutAddress(Transfer transfer, Answer accepted, Story story) {
        if (accepted.first().message().raw("Refer-Events-At").isPresent()) return List.of();
        var says =
                "REFER requires explicitsub and was accepted with %d without Refer-Events-At"
                        .formatted(accepted.code());
        return transfer.finding(this, story, says)
                .blames(TRANSFEREE, transfer.transferee())
                .proof(transfer.refer().request().stream().toList())
                .proof(accepted.first())
                .value("tag", "explicitsub")
                .list();
    }

    /// The 2xx said that no NOTIFY comes, and the transferor let the time for one pass and then
    /// gave the transfer up, or tried it again.
    private List<Finding> waitedAnyway(Transfer transfer, Answer accepted, Story story) {
        if (!transfer.notifies().isEmpty()) return List.of();
        var given = givenUp(transfer, accepted.first().at(), story);
        if (given.isEmpty()) return List.of();
        var says =
                "the %d to REFER says Refer-Sub: false, and after %d s without NOTIFY the transferor sent %s"
                        .formatted(
                                accepted.code(),
                                Duration.between(accepted.first().at(), given.get().first())
                                        .toSeconds(),
                                given.get().method());
        return transfer.finding(this, story, says)
                .certainty(LIKELY)
                .blames(TRANSFEROR, transfer.transferor())
                .proof(accepted.first())
                .proof(given.get().request().stream().toList())
                .list();
    }

    private static Optional<Transaction> givenUp(Transfer transfer, Instant accepted, Story story) {
        return story.transactions().stream()
                .filter(one -> one.fromTag().same(transfer.refer().fromTag()))
                .filter(one -> one.first().isAfter(accepted) && !one.is(Methods.NOTIFY))
                .findFirst()
                .filter(one ->
                        one.is(Methods.BYE)
                                || one.is(Methods.INVITE)
                                || one.is(Methods.REFER)
                                || one.is(Methods.SUBSCRIBE))
                .filter(one ->
                        one.first().isAfter(accepted.plus(LEAST))
                                && one.first().isBefore(accepted.plus(MOST)));
    }

    private List<Finding> refusedAnyway(Transfer transfer, Answer accepted, Story story) {
        var refused =
                transfer.notifies().stream()
                        .filter(one -> isRefused(one.transaction()))
                        .filter(one -> isBeforeHangUp(one, transfer))
                        .findFirst();
        if (refused.isEmpty()) return List.of();
        var says =
                "the %d did not grant Refer-Sub: false, and the transferor answered NOTIFY with %d"
                        .formatted(accepted.code(), refused.get().transaction().code());
        return transfer.finding(this, story, says)
                .blames(TRANSFEROR, transfer.transferor())
                .proof(accepted.first())
                .proof(refused.get().transaction().sightings().toList())
                .list();
    }

    private static boolean isRefused(Transaction notify) {
        return notify.code() >= 400 && !notify.isChallenged();
    }

    private static boolean isBeforeHangUp(Notify notify, Transfer transfer) {
        return transfer.transferorByes().stream()
                .noneMatch(bye -> bye.first().isBefore(notify.transaction().first()));
    }

    private static boolean isSuppressed(Answer accepted) {
        return accepted.first()
                .message()
                .first(ReferSub.KIND)
                .optional()
                .filter(sub -> !sub.wanted())
                .isPresent();
    }

    private static boolean asked(Transfer transfer) {
        return transfer.refer()
                .message()
                .flatMap(message -> message.first(ReferSub.KIND).optional())
                .filter(sub -> !sub.wanted())
                .isPresent();
    }

    private static boolean requires(Transfer transfer, String tag) {
        return transfer.refer().message().stream()
                .flatMap(message -> message.values(OptionTag.REQUIRE).stream())
                .anyMatch(one -> one.is(tag));
    }
}
