// SPDX-License-Identifier: Apache-2.0
package referee.rules.network;

import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.SERVER;

import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Hop;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.Methods;
import referee.sip.RecordRoute;
import referee.sip.Route;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Transport;
import referee.sip.Uri;
import referee.sip.Warning;

/// A dialog of SIPS that somebody answers, or opens, with a plain SIP Contact, or takes over UDP
/// (RFC 3261 §8.1.1.8, §12.1.1, RFC 5630 §5.1).
public final class SipsDowngraded implements Rule.OnTransaction {
    private static final int NOT_ALLOWED = 380;
    private static final int REQUIRED = 381;

    @Override
    public String id() {
        return "sips-downgraded";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transaction transaction, Story story) {
        var opens = transaction.is(Methods.INVITE) || transaction.is(Methods.SUBSCRIBE);
        if (!opens) return List.of();
        return overUdp(transaction, story)
                .or(() -> asked(transaction, story))
                .or(() -> answered(transaction, story))
                .or(() -> refused(transaction, story))
                .stream()
                .toList();
    }

    private Optional<Finding> overUdp(Transaction transaction, Story story) {
        for (var hop : transaction.hops()) {
            if (hop.transport() != Transport.UDP || !isToSips(hop)) continue;
            var request = hop.requests().getFirst();
            var says =
                    "%s to %s went over UDP"
                            .formatted(transaction.method(), uri(request.message()));
            var draft = story.finding(this, says).proof(request);
            if (hop.depth() == 1) draft.blames(CLIENT, hop.client());
            else draft.blames(MIDDLEBOX, hop.client());
            return Optional.of(draft.finding());
        }
        return Optional.empty();
    }

    private Optional<Finding> asked(Transaction transaction, Story story) {
        var hop = transaction.firstHop();
        if (hop.depth() != 1 || hop.requests().isEmpty()) return Optional.empty();
        var request = hop.requests().getFirst();
        var contact = Target.ofContact(request.message());
        var secure = isToSips(hop) || isSips(topRoute(request.message()));
        if (!secure || contact.isEmpty() || contact.get().secure()) return Optional.empty();
        var says =
                "%s to %s has the Contact %s, which is not sips"
                        .formatted(
                                transaction.method(), uri(request.message()), contact.get().text());
        return Optional.of(
                story.finding(this, says)
                        .proof(request)
                        .blames(CLIENT, hop.client())
                        .value("contact", contact.get().text())
                        .finding());
    }

    private Optional<Finding> answered(Transaction transaction, Story story) {
        var hop = transaction.lastHop();
        if (hop.requests().isEmpty()) return Optional.empty();
        var request = hop.requests().getFirst();
        if (!isToSips(hop) && !isSips(topRecord(request.message()))) return Optional.empty();
        for (var answer : hop.answers()) {
            var contact = Target.ofContact(answer.first().message());
            if (!answer.isSuccess() || contact.isEmpty() || contact.get().secure()) continue;
            var says =
                    "%s to %s was answered %d with the Contact %s, which is not sips"
                            .formatted(
                                    transaction.method(),
                                    uri(request.message()),
                                    answer.code(),
                                    contact.get().text());
            return Optional.of(
                    story.finding(this, says)
                            .proof(request, answer.first())
                            .blames(SERVER, hop.server())
                            .value("contact", contact.get().text())
                            .finding());
        }
        return Optional.empty();
    }

    /// The called side says itself that the scheme is not the one it takes (RFC 5630 §5.1.2).
    private Optional<Finding> refused(Transaction transaction, Story story) {
        var answer = transaction.finalAnswer();
        if (answer.isEmpty() || answer.get().code() != 480) return Optional.empty();
        for (var warning : answer.get().first().message().values(Warning.KIND)) {
            if (warning.code() != NOT_ALLOWED && warning.code() != REQUIRED) continue;
            var says =
                    "%s was refused with 480 and Warning %d, %s"
                            .formatted(
                                    transaction.method(),
                                    warning.code(),
                                    warning.code() == REQUIRED
                                            ? "SIPS required"
                                            : "SIPS not allowed");
            return Optional.of(
                    story.finding(this, says)
                            .proof(transaction.request().stream().toList())
                            .proof(answer.get().first())
                            .blames(CLIENT, transaction.client())
                            .blames(SERVER, transaction.server())
                            .finding());
        }
        return Optional.empty();
    }

    private static boolean isToSips(Hop hop) {
        return !hop.requests().isEmpty()
                && Target.ofRequest(hop.requests().getFirst().message())
                        .filter(Target::secure)
                        .isPresent();
    }

    private static boolean isSips(Optional<Uri> uri) {
        return uri.isPresent() && uri.get() instanceof SipUri sip && sip.secure();
    }

    private static Optional<Uri> topRoute(SipMessage request) {
        return request.first(Route.KIND).optional().map(one -> one.address().uri());
    }

    private static Optional<Uri> topRecord(SipMessage request) {
        return request.first(RecordRoute.KIND).optional().map(one -> one.address().uri());
    }

    private static String uri(SipMessage request) {
        return Target.ofRequest(request).map(Target::text).orElse("");
    }
}
