// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Finding;
import referee.diagnosis.Party;
import referee.diagnosis.Rule;
import referee.diagnosis.Sequel;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Contact;
import referee.sip.Field;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.StartLine;

/// A call that was redirected with 3xx and not tried at the new address (RFC 3261 §8.1.3.4).
public final class RedirectNotFollowed implements Rule.OnStory {
    @Override
    public String id() {
        return "redirect-not-followed";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        var redirected =
                story.transactions(Methods.INVITE).stream()
                        .filter(one -> !one.isInDialog() && isRedirect(one))
                        .filter(one -> one.request().isPresent())
                        .toList();
        if (redirected.isEmpty() || story.isOneSided()) return List.of();
        return nowhere(redirected, story)
                .or(() -> again(redirected, story))
                .or(() -> unfollowed(redirected.getLast(), story))
                .stream()
                .toList();
    }

    /// 380 describes another service and is not followed.
    private static boolean isRedirect(Transaction invite) {
        return invite.code() >= 300 && invite.code() < 380;
    }

    /// A redirect without an address that a SIP client can try.
    private Optional<Finding> nowhere(List<Transaction> redirected, Story story) {
        for (var one : redirected) {
            var message = one.finalAnswer().orElseThrow().first().message();
            if (hasTarget(message)) continue;
            var given = message.raw(HeaderName.CONTACT).map(Object::toString);
            var says =
                    "%d has %s"
                            .formatted(
                                    one.code(),
                                    given.map(value -> "no SIP address in Contact: " + value)
                                            .orElse("no Contact"));
            return Optional.of(
                    story.finding(this, says)
                            .blames(SERVER, one.lastHop().server())
                            .proof(proof(one))
                            .finding());
        }
        return Optional.empty();
    }

    private static boolean hasTarget(SipMessage redirect) {
        return redirect.all(Contact.KIND).stream().anyMatch(RedirectNotFollowed::isTarget);
    }

    /// What cannot be read may be one.
    private static boolean isTarget(Field<Contact> contact) {
        return switch (contact) {
            case Field.Present<Contact>(var value) ->
                    value.address().filter(one -> one.uri() instanceof SipUri).isPresent();
            case Field.Absent<Contact> _ -> false;
            case Field.Broken<Contact> _ -> true;
        };
    }

    /// The same Request-URI at the same server, redirected twice.
    private Optional<Finding> again(List<Transaction> redirected, Story story) {
        for (var i = 0; i < redirected.size(); i++) {
            for (var j = i + 1; j < redirected.size(); j++) {
                var first = redirected.get(i);
                var second = redirected.get(j);
                if (!isSameTry(first, second)) continue;
                var says =
                        "INVITE for %s was redirected with %d, and was sent to %s again"
                                .formatted(uri(first), first.code(), second.server());
                return Optional.of(
                        story.finding(this, says)
                                .blames(CLIENT, second.client())
                                .proof(proof(first))
                                .proof(proof(second))
                                .value("target", target(first))
                                .finding());
            }
        }
        return Optional.empty();
    }

    private static boolean isSameTry(Transaction one, Transaction other) {
        return one.fromTag().same(other.fromTag())
                && one.cseq() != other.cseq()
                && one.server().equals(other.server())
                && uri(one).equals(uri(other));
    }

    private Optional<Finding> unfollowed(Transaction last, Story story) {
        var sequel = new Sequel(List.of(last), next(last, story));
        if (!sequel.isGivenUp(story)) return Optional.empty();
        var says =
                "%d sent the caller to %s, and no INVITE for it came within %d s"
                        .formatted(last.code(), target(last), Sequel.PATIENCE.toSeconds());
        var near = isNear(last);
        return Optional.of(
                story.finding(this, says)
                        .certainty(near ? LIKELY : POSSIBLE)
                        .blames(CLIENT, last.client())
                        .proof(proof(last))
                        .value("target", target(last))
                        .finding());
    }

    /// Whether the way to the new address goes through the same server, so that following it would
    /// have been seen.
    private static boolean isNear(Transaction redirected) {
        return targets(redirected).stream()
                .allMatch(party -> party.host().equals(redirected.server().host()));
    }

    private static Optional<Transaction> next(Transaction redirected, Story story) {
        return story.transactions(Methods.INVITE).stream()
                .filter(one -> !one.isInDialog() && one.fromTag().same(redirected.fromTag()))
                .filter(one -> one.first().isAfter(redirected.first()))
                .findFirst();
    }

    private static List<Party> targets(Transaction redirected) {
        return redirected
                .finalAnswer()
                .orElseThrow()
                .first()
                .message()
                .values(Contact.KIND)
                .stream()
                .flatMap(contact -> contact.address().stream())
                .flatMap(address -> Party.of(address).stream())
                .toList();
    }

    private static String target(Transaction redirected) {
        return redirected
                .finalAnswer()
                .orElseThrow()
                .first()
                .message()
                .values(Contact.KIND)
                .stream()
                .flatMap(contact -> contact.address().stream())
                .map(address -> address.uri().text().text())
                .findFirst()
                .orElse("");
    }

    private static String uri(Transaction invite) {
        return invite.message()
                .filter(message -> message.start() instanceof StartLine.Request)
                .map(message -> ((StartLine.Request) message.start()).uri().text())
                .orElse("");
    }

    private static List<Sighting> proof(Transaction invite) {
        var proof = new ArrayList<Sighting>(2);
        invite.request().ifPresent(proof::add);
        invite.finalAnswer().map(Answer::first).ifPresent(proof::add);
        return proof;
    }
}
