// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Role.MIDDLEBOX;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Credentials;
import referee.sip.Methods;

/// A proxy sent an INVITE again with credentials and a higher CSeq, and later requests still have
/// the old number (RFC 3261 §22.3).
public final class UacAuthCseqDrift implements Rule.OnStory {
    @Override
    public String id() {
        return "uac-auth-cseq-drift";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        for (var invite : story.transactions(Methods.INVITE)) {
            if (!isAnswerToChallenge(invite, story)) continue;
            var found =
                    ack(invite, story)
                            .or(() -> late(invite, Methods.BYE, story))
                            .or(() -> late(invite, Methods.CANCEL, story));
            if (found.isPresent()) return List.of(found.get());
        }
        return List.of();
    }

    /// Whether it brings credentials to somebody who had challenged it under a lower number.
    private static boolean isAnswerToChallenge(Transaction invite, Story story) {
        if (invite.message().map(Credentials::all).orElse(List.of()).isEmpty()) return false;
        var server = invite.lastHop().server();
        return story.transactions(Methods.INVITE).stream()
                .filter(one -> one.cseq() < invite.cseq() && one.fromTag().same(invite.fromTag()))
                .flatMap(one -> one.hops().stream())
                .filter(hop -> hop.server().equals(server))
                .flatMap(hop -> hop.finalAnswer().stream())
                .anyMatch(answer -> answer.isChallenge());
    }

    private Optional<Finding> ack(Transaction invite, Story story) {
        return story.misnumberedAck(invite)
                .map(ack -> {
                    var says =
                            "the INVITE that was accepted has CSeq %d, and its ACK has a lower one"
                                    .formatted(invite.cseq());
                    return finding(says, invite, ack, story);
                });
    }

    /// A BYE or CANCEL of the caller with a number that is too low, refused.
    private Optional<Finding> late(Transaction invite, String method, Story story) {
        for (var one : story.transactions(method)) {
            if (!one.fromTag().same(invite.fromTag()) || one.first().isBefore(invite.first()))
                continue;
            var tooLow =
                    method.equals(Methods.CANCEL)
                            ? one.cseq() < invite.cseq() && invite.firstHop().depth() > 1
                            : one.cseq() <= invite.cseq() && invite.isSuccess();
            if (!tooLow || one.code() != 481 && one.code() != 500) continue;
            if (!one.lastHop().server().equals(invite.lastHop().server())) continue;
            var says =
                    "the INVITE with credentials has CSeq %d, and its %s has CSeq %d and was answered with %d"
                            .formatted(invite.cseq(), method, one.cseq(), one.code());
            return one.request().map(request -> finding(says, invite, request, story));
        }
        return Optional.empty();
    }

    private Finding finding(String says, Transaction invite, Sighting wrong, Story story) {
        return story.finding(this, says)
                .blames(MIDDLEBOX, invite.lastHop().client())
                .proof(invite.request().stream().toList())
                .proof(invite.finalAnswer().map(answer -> answer.first()).stream().toList())
                .proof(wrong)
                .value("cseq", invite.cseq())
                .finding();
    }
}
