// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.CLIENT;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Credentials;
import referee.sip.Methods;

/// CANCEL is about the challenged INVITE, or about none, while the one with credentials rings (RFC
/// 3261 §9.1).
public final class CancelOfChallengedInviteMismatch implements Rule.OnTransaction {
    /// An INVITE so soon after the CANCEL is the retry, not a new call.
    private static final Duration SOON = Duration.ofSeconds(4);

    @Override
    public String id() {
        return "cancel-of-challenged-invite-mismatch";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction cancel, Story story) {
        if (!cancel.is(Methods.CANCEL) || cancel.request().isEmpty()) return List.of();
        var latest = latest(cancel, story);
        if (latest.isEmpty()) return List.of();
        if (latest.get().isChallenged()) return sentAfterwards(cancel, latest.get(), story);
        return isMismatch(cancel, latest.get(), story)
                ? List.of(finding(cancel, latest.get(), story))
                : List.of();
    }

    /// The INVITE that was sent last before the CANCEL.
    private static Optional<Transaction> latest(Transaction cancel, Story story) {
        return story.transactions(Methods.INVITE).stream()
                .filter(invite -> invite.fromTag().same(cancel.fromTag()))
                .filter(invite -> invite.request().isPresent() && !invite.isInDialog())
                .filter(invite -> invite.first().isBefore(cancel.first()))
                .reduce((_, next) -> next);
    }

    private static boolean isMismatch(Transaction cancel, Transaction latest, Story story) {
        if (latest.firstHop().depth() > 1 || !followsChallenge(latest, story)) return false;
        if (latest.finalAnswer()
                .filter(end -> end.first().at().isBefore(cancel.first()))
                .isPresent()) return false;
        var sameBranch =
                latest.hops().stream()
                        .anyMatch(hop -> hop.branch().same(cancel.firstHop().branch()));
        if (sameBranch && cancel.cseq() == latest.cseq()) return false;
        return cancel.code() == 481 || latest.code() != 0 && latest.code() != 487;
    }

    private static boolean followsChallenge(Transaction latest, Story story) {
        return story.transactions(Methods.INVITE).stream()
                .anyMatch(one -> one.isChallenged() && one.cseq() < latest.cseq());
    }

    private Finding finding(Transaction cancel, Transaction latest, Story story) {
        var what =
                cancel.cseq() == latest.cseq()
                        ? "CANCEL has another branch than the INVITE with CSeq %d"
                                .formatted(latest.cseq())
                        : "CANCEL has CSeq %d, and the INVITE that rings has CSeq %d"
                                .formatted(cancel.cseq(), latest.cseq());
        var came = cancel.code() == 0 ? "" : "; the answer was " + cancel.code();
        return draft(what + came, cancel, latest, story).finding();
    }

    /// The INVITE was cancelled while it was challenged, and sent again all the same.
    private List<Finding> sentAfterwards(Transaction cancel, Transaction latest, Story story) {
        return story.transactions(Methods.INVITE).stream()
                .filter(invite -> invite.fromTag().same(cancel.fromTag()))
                .filter(invite -> invite.first().isAfter(cancel.first()))
                .filter(invite -> invite.first().isBefore(cancel.first().plus(SOON)))
                .filter(invite ->
                        !invite.message().map(Credentials::all).orElse(List.of()).isEmpty())
                .findFirst()
                .map(invite -> {
                    var says =
                            "the INVITE was cancelled while it was challenged with %d, and sent again with credentials"
                                    .formatted(latest.code());
                    return draft(says, cancel, invite, story).list();
                })
                .orElse(List.of());
    }

    private Finding.Draft draft(String says, Transaction cancel, Transaction invite, Story story) {
        return story.finding(this, says)
                .blames(CLIENT, cancel.client())
                .proof(invite.request().stream().toList())
                .proof(cancel.request().stream().toList())
                .proof(cancel.finalAnswer().map(Answer::first).stream().toList())
                .value("cseq", invite.cseq())
                .value("branch", invite.firstHop().branch());
    }
}
