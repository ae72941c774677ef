// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.OPERATOR;
import static referee.diagnosis.Role.PROVIDER;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Credentials;
import referee.sip.HeaderName;
import referee.sip.Methods;

/// An INVITE without credentials is refused with 403, and nobody asked for any: the trunk may know
/// its customer by address only (RFC 3261 §21.4.4). Never more than possible.
public final class TrunkSourceNotAllowed implements Rule.OnTransaction {
    @Override
    public String id() {
        return "trunk-source-not-allowed";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        if (!transaction.is(Methods.INVITE) || transaction.isInDialog()) return List.of();
        if (transaction.code() != 403 || transaction.request().isEmpty()) return List.of();
        if (!transaction.message().map(Credentials::all).orElse(List.of()).isEmpty())
            return List.of();
        if (story.transactions().stream().anyMatch(Transaction::isChallenged)) return List.of();
        if (Policy.isAboutOther(transaction) || hasProgress(transaction)) return List.of();
        if (!story.past().refusals().isEmpty() || isReferred(transaction)) return List.of();

        var source = transaction.client().host();
        var says =
                Policy.isAboutSource(transaction)
                        ? "INVITE from %s was refused with 403, and the answer speaks of where it came from"
                                .formatted(source)
                        : "INVITE from %s was refused with 403, and no credentials were asked for: one of address, account, caller id or destination is not allowed"
                                .formatted(source);
        return story.finding(this, says)
                .certainty(POSSIBLE)
                .blames(OPERATOR)
                .blames(PROVIDER, transaction.server())
                .proof(transaction.request().orElseThrow())
                .proof(transaction.finalAnswer().orElseThrow().first())
                .value("source", source)
                .value("uri", DigestUris.asSent(transaction).orElse("the Request-URI"))
                .list();
    }

    /// A call that follows from a transfer is refused for reasons of its own.
    private static boolean isReferred(Transaction transaction) {
        return transaction
                .message()
                .filter(one -> one.has(HeaderName.REFERRED_BY) || one.has(HeaderName.REPLACES))
                .isPresent();
    }

    /// Whether the call got further than a server that refuses an address would let it.
    private static boolean hasProgress(Transaction transaction) {
        return transaction.answers().stream()
                .anyMatch(answer -> answer.code() > 100 && answer.isProvisional());
    }
}
