// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import referee.diagnosis.Past.Leniency;
import referee.diagnosis.Round;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.rules.auth.Retry.Match;
import referee.sip.Contact;
import referee.sip.Credentials;
import referee.sip.Field;
import referee.sip.SipMessage;
import referee.sip.Slice;
import referee.sip.StartLine;
import referee.sip.Uri;

/// The digest-uri against the Request-URI that the client itself sent (RFC 3261 §22.4 items 2, 3
/// and 6).
final class DigestUris {
    private DigestUris() {}

    static Optional<Mistake> mistake(Retry retry, Match match, Story story) {
        var transaction = retry.after().transaction();
        var uri = match.credentials().uri().orElse("");
        var sent = asSent(transaction);
        if (sent.isPresent() && !isSame(uri, sent.get())) {
            if (isAccepted(transaction, story)) return Optional.empty();
            return Optional.of(
                    isOfBefore(uri, sent.get(), retry) || isOfResponse(uri, story)
                            ? Mistake.REWRITTEN_URI
                            : Mistake.URI);
        }
        var arrived = transaction.lastHop().requests().stream().findFirst();
        var changed =
                arrived.map(Sighting::message)
                        .flatMap(DigestUris::requestUri)
                        .filter(there -> !isSame(uri, there))
                        .isPresent();
        return changed && isUriRefused(retry) ? Optional.of(Mistake.STRICT_URI) : Optional.empty();
    }

    /// Whether this server has accepted such a difference, here or under another Call-ID.
    private static boolean isAccepted(Transaction transaction, Story story) {
        return story.past().leniency().contains(Leniency.OTHER_URI)
                || story.transactions().stream()
                        .filter(Transaction::isSuccess)
                        .filter(one -> one.server().host().equals(transaction.server().host()))
                        .anyMatch(DigestUris::differs);
    }

    private static boolean differs(Transaction one) {
        var sent = asSent(one);
        var credentials = one.message().map(Credentials::all).orElse(List.of());
        return sent.isPresent()
                && credentials.stream()
                        .flatMap(each -> each.uri().stream())
                        .anyMatch(uri -> !isSame(uri, sent.get()));
    }

    /// The Request-URI where the request has no proxy behind it yet; empty where that was not seen.
    static Optional<String> asSent(Transaction transaction) {
        return transaction.firstHop().depth() == 1
                ? transaction.message().flatMap(DigestUris::requestUri)
                : Optional.empty();
    }

    /// The Request-URI on the last hop seen.
    static Optional<String> arrived(Transaction transaction) {
        return transaction.lastHop().requests().stream()
                .findFirst()
                .map(Sighting::message)
                .flatMap(DigestUris::requestUri);
    }

    static Optional<String> requestUri(SipMessage message) {
        return message.start() instanceof StartLine.Request request
                ? Optional.of(request.uri().text())
                : Optional.empty();
    }

    /// Whether both are the same or equivalent (RFC 3261 §19.1.4).
    static boolean isSame(String one, String other) {
        if (one.equals(other)) return true;
        return Uri.read(Slice.of(one)) instanceof Field.Present<Uri>(var first)
                && Uri.read(Slice.of(other)) instanceof Field.Present<Uri>(var second)
                && first.sameAs(second);
    }

    /// Whether the answer itself says that the URI is what is wrong.
    static boolean isUriRefused(Retry retry) {
        return retry.after()
                .transaction()
                .finalAnswer()
                .map(answer -> answer.first().message().start())
                .map(StartLine::line)
                .map(line -> line.text().toLowerCase(Locale.ROOT))
                .filter(line -> line.contains("uri"))
                .isPresent();
    }

    private static boolean isOfBefore(String uri, String sent, Retry retry) {
        return retry.earlier().stream()
                .map(Round::transaction)
                .flatMap(one -> asSent(one).stream())
                .anyMatch(before -> before.equals(uri) && !before.equals(sent));
    }

    /// Whether a response named this URI as its Contact.
    private static boolean isOfResponse(String uri, Story story) {
        return story.transactions().stream()
                .flatMap(one -> one.answers().stream())
                .flatMap(answer -> answer.first().message().values(Contact.KIND).stream())
                .flatMap(contact -> contact.address().stream())
                .anyMatch(address -> address.uri().text().text().equals(uri));
    }
}
