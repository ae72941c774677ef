// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Keyring;
import referee.sip.Methods;

/// Everything seen of one Call-ID: its transactions, and, once it is settled, the dialogs,
/// authentications and transfers they make up.
public final class Story {
    /// Octets that are kept about a message besides its bytes, roughly.
    static final int PER_MESSAGE = 1_000;

    private static final Comparator<Sighting> IN_ORDER = Comparator.comparingLong(Sighting::number);
    private static final Comparator<Sighting> IN_TIME =
            Comparator.comparing(Sighting::at).thenComparingInt(Sighting::source);

    private final CallKey key;
    private final String callId;
    private final Setting setting;
    private final Matching matching = new Matching();
    private final Sighting opening;
    private final boolean startsMidway;
    private Instant first;
    private Instant last;
    private int messages;
    private long octets;
    private boolean answeredElsewhere;
    private boolean severalSources;
    private List<Binding> bindings = List.of();
    private List<Overload> overloads = List.of();
    private List<Try> tries = List.of();
    private @Nullable Registration callee;
    private @Nullable Transaction before;
    private Past past = Past.NONE;
    private Keyring keyring = Keyring.EMPTY;
    private Watch watch;
    private List<Dialog> dialogs = List.of();
    private List<Authentication> authentications = List.of();
    private List<Transfer> transfers = List.of();
    private @Nullable Agents agents;

    Story(CallKey key, String callId, Sighting opening, Setting setting) {
        this.key = key;
        this.callId = callId;
        this.opening = opening;
        this.setting = setting;
        this.first = opening.at();
        this.last = opening.at();
        this.watch = new Watch(opening.at(), List.of(), List.of(), List.of());
        var facts = Facts.of(opening);
        this.startsMidway = !opensSomething(facts);
        add(facts);
    }

    void add(Sighting sighting) {
        add(Facts.of(sighting));
    }

    private void add(Facts facts) {
        matching.add(facts);
        var sighting = facts.sighting();
        if (sighting.at().isBefore(first)) first = sighting.at();
        if (sighting.at().isAfter(last)) last = sighting.at();
        severalSources |= sighting.source() != opening.source();
        messages++;
        octets += sighting.message().bytes().length() + PER_MESSAGE;
    }

    /// Reads the views off the transactions; afterwards nothing is added any more.
    ///
    /// @param seen how long the evidence goes on, and where it was blind
    /// @param known accounts that digests may be recomputed with
    void settle(Watch seen, Keyring known) {
        watch = seen;
        keyring = known;
        dialogs = List.copyOf(Dialog.of(transactions()));
        authentications = List.copyOf(Authentication.of(transactions()));
        transfers = List.copyOf(Transfer.of(transactions(), authentications, dialogs));
    }

    public String callId() {
        return callId;
    }

    CallKey key() {
        return key;
    }

    public StoryKind kind() {
        if (has(Methods.REFER)) return StoryKind.TRANSFER;
        if (has(Methods.INVITE) || has(Methods.BYE) || has(Methods.CANCEL)) return StoryKind.CALL;
        if (has(Methods.REGISTER)) return StoryKind.REGISTRATION;
        if (has(Methods.SUBSCRIBE) || has(Methods.NOTIFY) || has(Methods.PUBLISH)) {
            return StoryKind.SUBSCRIPTION;
        }
        return transactions().isEmpty() && sightings().findAny().isPresent()
                ? StoryKind.CALL
                : StoryKind.OTHER;
    }

    public Outcome outcome() {
        return new Outcomes(this).outcome();
    }

    /// In the order of their first sighting; retransmissions and hops collapsed.
    public List<Transaction> transactions() {
        return matching.transactions();
    }

    public List<Transaction> transactions(String method) {
        var found = new ArrayList<Transaction>(2);
        for (var transaction : transactions()) {
            if (transaction.is(method)) found.add(transaction);
        }
        return found;
    }

    public boolean has(String method) {
        for (var transaction : transactions()) {
            if (transaction.is(method)) return true;
        }
        return false;
    }

    /// The dialogs that INVITEs opened; empty before the story is settled.
    public List<Dialog> dialogs() {
        return dialogs;
    }

    /// Empty before the story is settled.
    public List<Authentication> authentications() {
        return authentications;
    }

    /// Empty before the story is settled.
    public List<Transfer> transfers() {
        return transfers;
    }

    /// Every message kept, in the order of the source; of several sources, by time.
    public Stream<Sighting> sightings() {
        return Stream.concat(
                        transactions().stream().flatMap(Transaction::sightings),
                        matching.strays().stream())
                .sorted(severalSources ? IN_TIME : IN_ORDER);
    }

    /// Which of several sources its first message was seen in, counted from 0.
    public int source() {
        return opening.source();
    }

    public Instant first() {
        return first;
    }

    public Instant last() {
        return last;
    }

    /// How many messages were seen, retransmissions and copies included.
    public int messages() {
        return messages;
    }

    /// Whether a challenge in it was answered, or a refused or redirected request tried again,
    /// under another Call-ID.
    public boolean isAnsweredElsewhere() {
        return answeredElsewhere;
    }

    void answerElsewhere() {
        answeredElsewhere = true;
    }

    /// The registrations, of whatever Call-ID, that stood when a request was sent to their address
    /// and nobody answered.
    public List<Binding> bindings() {
        return bindings;
    }

    /// The servers that refused a request of this story for a while, and what was sent there
    /// meanwhile.
    public List<Overload> overloads() {
        return overloads;
    }

    /// Where nobody answered a request of this story outside a dialog: what its client tried at the
    /// same domain, under whatever Call-ID, as far as that is known; each client and domain by
    /// itself, by time.
    public List<Try> tries() {
        return tries;
    }

    void relate(List<Binding> registrations, List<Overload> refusals, List<Try> attempts) {
        bindings = registrations;
        overloads = refusals;
        tries = attempts;
    }

    /// How the one who was called was registered when the INVITE came; empty if that was not seen.
    public Optional<Registration> callee() {
        return Optional.ofNullable(callee);
    }

    /// The REGISTER of the same Call-ID that was accepted last before this story began, in a story
    /// of its own; empty if none was seen.
    public Optional<Transaction> before() {
        return Optional.ofNullable(before);
    }

    void follows(Transaction registration) {
        before = registration;
    }

    void callee(Registration registration) {
        callee = registration;
    }

    /// What other stories have to do with its credentials.
    public Past past() {
        return past;
    }

    void remember(Past before) {
        past = before;
    }

    /// The accounts that its digests may be recomputed with; usually none.
    public Keyring keyring() {
        return keyring;
    }

    /// About how much memory its messages take.
    long octets() {
        return octets;
    }

    public Timers timers() {
        return setting.timers();
    }

    /// Who the evidence was captured at, where the user says so: a finding whose fault depends on
    /// it can then name one party.
    public Optional<Role> vantage() {
        return setting.vantage();
    }

    /// Whether messages are missing that its others show to have passed, although both directions
    /// were captured: packets were lost on the way into the capture, and what seems missing may
    /// have been among them.
    public boolean isLossy() {
        return Sides.isLossy(this);
    }

    /// Whether the first message seen is none that opens anything, so that something came before
    /// the evidence: no claim of something missing may be made about what came before.
    public boolean startsMidway() {
        return startsMidway;
    }

    /// Whether the evidence goes on for this long after that instant, and was not blind between
    /// these two meanwhile. What every claim of something missing must ask first.
    public boolean watchedFor(Duration wait, Instant since, Endpoint one, Endpoint other) {
        return watch.covers(since, since.plus(wait), one, other);
    }

    /// What ICMP errors said of the requests of these hops, all to the same server, within this
    /// time of each one's first.
    public Optional<DeadEnd> deadEnd(List<Hop> hops, Duration wait) {
        return DeadEnd.of(hops, wait, watch.errors());
    }

    /// How long the evidence goes on.
    public Instant watchedUntil() {
        return watch.until();
    }

    /// Whether one direction of the conversation was not captured: somebody answers requests, or
    /// reacts to answers, that are not here.
    public boolean isOneSided() {
        return Sides.isOneSided(this);
    }

    /// Begins a finding of this rule about this story.
    ///
    /// @param says one sentence, no full stop, with the numbers that matter
    public Finding.Draft finding(Rule rule, String says) {
        return new Finding.Draft(_ -> this, rule, says);
    }

    /// What software its endpoints say they are; asked only after it is settled.
    Agents agents() {
        if (agents == null) agents = Agents.of(transactions());
        return agents;
    }

    /// The value of From or To of the first message, as written; empty if there is none.
    public String party(HeaderName name) {
        return opening.message().raw(name).map(Object::toString).orElse("");
    }

    /// The transaction that this CANCEL is about (RFC 3261 §9.1).
    public Optional<Transaction> cancelled(Transaction cancel) {
        return transactions().stream()
                .filter(transaction -> transaction.is(Methods.INVITE))
                .filter(invite -> invite.cseq() == cancel.cseq())
                .filter(invite -> invite.fromTag().same(cancel.fromTag()))
                .findFirst();
    }

    /// The CANCEL of this INVITE, if one was seen.
    public Optional<Transaction> cancelOf(Transaction invite) {
        for (var transaction : transactions()) {
            if (!transaction.is(Methods.CANCEL)) continue;
            if (cancelled(transaction).filter(one -> one.equals(invite)).isPresent()) {
                return Optional.of(transaction);
            }
        }
        return Optional.empty();
    }

    /// An ACK that went to whoever accepted this INVITE, after that, with the lower CSeq of an
    /// earlier INVITE of the same caller that it did not accept, where none has its own.
    public Optional<Sighting> misnumberedAck(Transaction invite) {
        var accepted = invite.lastHop().answers().stream().filter(Answer::isSuccess).findFirst();
        if (accepted.isEmpty() || !invite.acks().isEmpty()) return Optional.empty();
        var since = accepted.get().first().at();
        return transactions(Methods.INVITE).stream()
                .filter(one -> one.cseq() < invite.cseq() && one.fromTag().same(invite.fromTag()))
                .filter(one -> !isAcceptedBy(invite.lastHop().server(), one))
                .flatMap(one -> one.acks().stream())
                .filter(ack -> ack.at().isAfter(since))
                .filter(ack -> ack.to().host().equals(invite.lastHop().server().host()))
                .findFirst();
    }

    private static boolean isAcceptedBy(Endpoint server, Transaction invite) {
        return invite.hops().stream()
                .filter(hop -> hop.server().equals(server))
                .anyMatch(hop -> hop.finalAnswer().filter(Answer::isSuccess).isPresent());
    }

    private static boolean opensSomething(Facts facts) {
        return facts.isRequest()
                && facts.toTag().isEmpty()
                && !facts.method().equals(Methods.ACK)
                && !facts.method().equals(Methods.CANCEL);
    }
}
