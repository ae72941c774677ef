// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.evidence.Endpoint;
import referee.sip.Contact;
import referee.sip.Event;
import referee.sip.Expires;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.NameAddr;
import referee.sip.ReferSub;
import referee.sip.ReferTo;
import referee.sip.SipMessage;
import referee.sip.SipUri;
import referee.sip.Slice;

/// One REFER, the attempts to get it past a challenge, and the NOTIFYs that tell what became of it
/// (RFC 3515).
///
/// @param attempts the REFER and its authenticated retries; the last is the one that counts
/// @param notifies the NOTIFYs that belong to it, in the order seen, those before the 2xx included
/// @param dialog the INVITE dialog it was sent in, if any
public record Transfer(List<Transaction> attempts, List<Notify> notifies, Optional<Dialog> dialog) {
    private static final Duration AT_ONCE = Duration.ofSeconds(2);

    public Transfer {
        attempts = List.copyOf(attempts);
        notifies = List.copyOf(notifies);
    }

    /// The REFER that counts: the last attempt.
    public Transaction refer() {
        return attempts.getLast();
    }

    /// The 2xx to the REFER, on whatever hop it was seen. It accepts the REFER and says nothing of
    /// its outcome.
    public Optional<Answer> accepted() {
        return refer().finalAnswerAnywhere().filter(Answer::isSuccess);
    }

    public Endpoint transferor() {
        return refer().client();
    }

    public Endpoint transferee() {
        return refer().lastHop().server();
    }

    /// Whom to call, as written in Refer-To; empty if that is unreadable.
    public Optional<ReferTo> target() {
        return refer().message().flatMap(message -> message.first(ReferTo.KIND).optional());
    }

    /// The first NOTIFY that carries a final answer of the target.
    public Optional<Notify> outcome() {
        return notifies.stream().filter(Notify::isOutcome).findFirst();
    }

    /// The first NOTIFY with a final answer of the target that the transferor took with a 2xx: from
    /// then on it knows.
    public Optional<Notify> told() {
        return notifies.stream()
                .filter(Notify::isOutcome)
                .filter(notify -> notify.transaction().isSuccess() && reachedTransferor(notify))
                .findFirst();
    }

    /// Whether the outcome came so soon after the 2xx, and without ringing before it, that hardly
    /// anybody was called.
    public boolean isDecidedAtOnce() {
        if (accepted().isEmpty() || outcome().isEmpty()) return false;
        var wait =
                Duration.between(
                        accepted().get().first().at(), outcome().get().transaction().first());
        return wait.compareTo(AT_ONCE) <= 0
                && notifies.stream().noneMatch(one -> one.code() >= 180 && one.code() < 200);
    }

    /// Whether this NOTIFY was seen on its way into the transferor, not only as far as an element
    /// before it. The transferor may listen at the Contact of its REFER, on another host than it
    /// sends from. An element that took the REFER from the transferor may share its address, with
    /// another port.
    public boolean reachedTransferor(Notify notify) {
        var contact = contactHost();
        return notify.transaction().hops().stream()
                .map(Hop::server)
                .anyMatch(to ->
                        to.equals(transferor())
                                || (to.host().equals(transferor().host())
                                                || contact.filter(to.host()::equals).isPresent())
                                        && !to.equals(refer().server()));
    }

    private Optional<String> contactHost() {
        return refer().message()
                .flatMap(message -> message.first(Contact.KIND).optional())
                .flatMap(Contact::address)
                .map(NameAddr::uri)
                .flatMap(uri ->
                        uri instanceof SipUri sip
                                ? Optional.of(sip.host().text())
                                : Optional.empty());
    }

    /// Whether the transferor ended the subscription itself (RFC 6665 §4.1.2.3). The NOTIFY that
    /// answers has nothing more to tell.
    public boolean isUnsubscribed(Story story) {
        return story.transactions(Methods.SUBSCRIBE).stream()
                .filter(subscribe -> subscribe.fromTag().same(refer().fromTag()))
                .flatMap(subscribe -> subscribe.message().stream())
                .flatMap(message -> message.first(Expires.KIND).optional().stream())
                .anyMatch(expires -> expires.seconds() == 0);
    }

    /// BYEs of the transferor in the dialog of the REFER, in the order seen.
    public List<Transaction> transferorByes() {
        return byes(refer().fromTag());
    }

    /// BYEs of the other side in the dialog of the REFER, in the order seen.
    public List<Transaction> transfereeByes() {
        return refer().isInDialog() ? byes(refer().toTag()) : List.of();
    }

    /// Begins a finding about this transfer, with the values that any page of a transfer may show:
    /// `peer`, `target` and `contact`.
    public Finding.Draft finding(Rule rule, Story story, String says) {
        var draft = story.finding(rule, says);
        refer().message()
                .flatMap(message -> message.raw(HeaderName.TO))
                .map(Transfer::uri)
                .ifPresent(peer -> draft.value("peer", peer));
        target().ifPresent(target -> draft.value("target", target.address()));
        refer().message()
                .flatMap(message -> message.raw(HeaderName.CONTACT))
                .ifPresent(contact -> draft.value("contact", contact));
        return draft;
    }

    private static String uri(Slice party) {
        var open = party.indexOf('<');
        var close = party.indexOf('>', open + 1);
        return open < 0 || close < 0 ? party.text() : party.sub(open + 1, close).text();
    }

    /// Whether the two agreed on no NOTIFY: Refer-Sub: false in the 2xx (RFC 4488 §4), or nosub or
    /// explicitsub required by the REFER (RFC 7614 §4).
    public boolean isWithoutSubscription() {
        var granted =
                accepted()
                        .map(answer -> answer.first().message())
                        .flatMap(message -> message.first(ReferSub.KIND).optional())
                        .map(sub -> !sub.wanted())
                        .orElse(false);
        return granted || refer().message().map(Transfer::requiresNoSubscription).orElse(false);
    }

    private static boolean requiresNoSubscription(SipMessage refer) {
        for (var i = refer.indexOf(HeaderName.REQUIRE);
                i >= 0;
                i = refer.indexOf(HeaderName.REQUIRE, i + 1)) {
            for (var tag : referee.sip.Commas.split(refer.value(i))) {
                if (tag.isIgnoreCase("nosub") || tag.isIgnoreCase("explicitsub")) return true;
            }
        }
        return false;
    }

    private List<Transaction> byes(Slice tag) {
        return dialog.stream()
                .flatMap(one -> one.byes().stream())
                .filter(bye -> Dialog.isFrom(tag, bye))
                .toList();
    }

    /// Reads the transfers off the transactions of one Call-ID.
    static List<Transfer> of(
            List<Transaction> transactions,
            List<Authentication> authentications,
            List<Dialog> dialogs) {
        if (transactions.stream().noneMatch(one -> one.is(Methods.REFER))) return List.of();
        var refers =
                transactions.stream()
                        .filter(transaction -> transaction.is(Methods.REFER))
                        .filter(refer -> !isRetry(refer, authentications))
                        .map(refer -> attempts(refer, authentications))
                        .toList();
        var notifies = notifies(transactions);
        var transfers = new ArrayList<Transfer>(refers.size());
        for (var i = 0; i < refers.size(); i++) {
            var index = i;
            var own = notifies.stream().filter(one -> owner(one, refers) == index).toList();
            transfers.add(new Transfer(refers.get(i), own, dialogOf(refers.get(i), dialogs)));
        }
        return transfers;
    }

    private static Optional<Dialog> dialogOf(List<Transaction> attempts, List<Dialog> dialogs) {
        return dialogs.stream()
                .filter(one -> one.requests().contains(attempts.getLast()))
                .findFirst();
    }

    private static boolean isRetry(Transaction refer, List<Authentication> authentications) {
        return authentications.stream().anyMatch(one -> one.transactions().indexOf(refer) > 0);
    }

    private static List<Transaction> attempts(
            Transaction refer, List<Authentication> authentications) {
        return authentications.stream()
                .filter(one -> one.first().transaction().equals(refer))
                .findFirst()
                .map(Authentication::transactions)
                .orElse(List.of(refer));
    }

    private static List<Notify> notifies(List<Transaction> transactions) {
        return transactions.stream()
                .filter(transaction -> transaction.is(Methods.NOTIFY))
                .map(Notify::of)
                .filter(notify -> notify.event().map(Event::isRefer).orElse(true))
                .toList();
    }

    /// Which REFER of the other side a NOTIFY belongs to: the one its id names (RFC 3515 §2.4.6),
    /// else the last one before it that was not refused by then. Each side counts its CSeq for
    /// itself, so the id alone names none.
    private static int owner(Notify notify, List<List<Transaction>> refers) {
        var id = notify.event().flatMap(Event::id).orElse("");
        var at = notify.transaction().first();
        var last = 0;
        var standing = -1;
        for (var i = 0; i < refers.size(); i++) {
            for (var attempt : refers.get(i)) {
                if (attempt.fromTag().same(notify.transaction().fromTag())) continue;
                if (id.equals(Long.toString(attempt.cseq()))) return i;
                if (attempt.first().isAfter(at)) continue;
                last = i;
                if (!isRefused(refers.get(i).getLast(), at)) standing = i;
            }
        }
        return standing < 0 ? last : standing;
    }

    /// Whether nothing came of this REFER by then: only a 2xx makes a subscription (RFC 3515
    /// §2.4.4).
    private static boolean isRefused(Transaction refer, Instant by) {
        return refer.finalAnswerAnywhere()
                .filter(answer -> answer.code() >= 300 && !answer.first().at().isAfter(by))
                .isPresent();
    }
}
