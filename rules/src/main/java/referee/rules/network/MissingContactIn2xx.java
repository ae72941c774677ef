// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.SERVER;
import static referee.diagnosis.Severity.MEDIUM;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Contact;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;

/// A message that opens a dialog without a Contact, or with several (RFC 3261 §8.1.1.8, §12.1.1).
public final class MissingContactIn2xx implements Rule.OnTransaction {
    private static final String CUT = "headers-not-ended";

    @Override
    public String id() {
        return "missing-contact-in-2xx";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        var opens =
                transaction.is(Methods.INVITE)
                        || transaction.is(Methods.SUBSCRIBE)
                        || transaction.is(Methods.REFER);
        if (!opens || transaction.isInDialog()) return List.of();
        return asked(transaction, story).or(() -> answered(transaction, story)).stream().toList();
    }

    private Optional<Finding> asked(Transaction transaction, Story story) {
        var hop = transaction.firstHop();
        if (hop.requests().isEmpty()) return Optional.empty();
        var request = hop.requests().getFirst();
        var wrong = wrong(request.message());
        if (wrong.isEmpty()) return Optional.empty();
        var draft = draft(transaction.method(), wrong.get(), request, story);
        if (hop.depth() == 1) draft.blames(CLIENT, hop.client());
        else draft.blames(CLIENT).blames(MIDDLEBOX, hop.client());
        if (transaction.isSuccess()) draft.severity(MEDIUM);
        return Optional.of(draft.finding());
    }

    private Optional<Finding> answered(Transaction transaction, Story story) {
        for (var hop : transaction.hops().reversed()) {
            for (var answer : hop.answers()) {
                if (!opens(answer, transaction)) continue;
                var wrong = wrong(answer.first().message());
                if (wrong.isEmpty()) continue;
                var what = answer.code() + " to " + transaction.method();
                var draft = draft(what, wrong.get(), answer.first(), story);
                if (hop.equals(transaction.lastHop())) draft.blames(SERVER, hop.server());
                else draft.blames(MIDDLEBOX, hop.server());
                if (isHarmless(answer, hop, transaction)) draft.severity(MEDIUM);
                return Optional.of(draft.finding());
            }
        }
        return Optional.empty();
    }

    /// A 2xx, or a provisional response that asks for a PRACK. Other provisional ones need a
    /// Contact as well, but nobody sends anything to it.
    private static boolean opens(Answer answer, Transaction transaction) {
        if (transaction.is(Methods.REFER)) return false;
        if (answer.isSuccess()) return true;
        return transaction.is(Methods.INVITE)
                && answer.code() > 100
                && answer.isProvisional()
                && answer.first().message().has(HeaderName.RSEQ);
    }

    private static Optional<String> wrong(SipMessage message) {
        if (message.flaws().stream().anyMatch(flaw -> flaw.code().equals(CUT)))
            return Optional.empty();
        var all = message.all(Contact.KIND);
        if (all.isEmpty()) return Optional.of("has no Contact");
        if (all.size() > 1) return Optional.of("has " + all.size() + " Contacts");
        var isStar = all.getFirst().optional().filter(Contact::isStar).isPresent();
        return isStar ? Optional.of("has the Contact *") : Optional.empty();
    }

    /// Whether the caller found its way all the same.
    private static boolean isHarmless(Answer answer, Hop hop, Transaction transaction) {
        if (!transaction.is(Methods.INVITE)) return true;
        return answer.isSuccess()
                && answer.copies().size() < 3
                && transaction.acks().stream()
                        .anyMatch(ack -> ack.to().host().equals(hop.server().host()));
    }

    private Finding.Draft draft(String what, String wrong, Sighting proof, Story story) {
        return story.finding(this, "%s %s".formatted(what, wrong))
                .proof(proof)
                .value("message", what);
    }
}
