// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.sip.SipMessage;
import referee.sip.SipUri;

/// Everything that is open in one [UserAgent]: transactions, lookups, dialogs and jobs.
final class Floor {
    private static final int MOST_DIALOGS = 50_000;
    private static final int MOST_LOOKUPS = 50_000;

    private final Desk desk;
    private final Transactions transactions;
    private final Map<Long, Resolving> lookups = new LinkedHashMap<>();
    private final Map<String, Dialog> dialogs = new LinkedHashMap<>();
    private final Map<String, Subscription> expectant = new LinkedHashMap<>();
    private final Map<Job, Usage> usages = new LinkedHashMap<>();
    private List<Line> serviceRoutes = List.of();
    private long lookupCount;

    Floor(Desk desk) {
        this.desk = desk;
        this.transactions = new Transactions(desk);
    }

    Desk desk() {
        return desk;
    }

    Transactions transactions() {
        return transactions;
    }

    /// Who waits for the targets of a name.
    interface Resolving {
        void resolved(Instant at, List<Target> targets);
    }

    void lookup(Resolving waiting, SipUri uri) {
        if (lookups.size() >= MOST_LOOKUPS) lookups.remove(lookups.keySet().iterator().next());
        var id = ++lookupCount;
        lookups.put(id, waiting);
        desk.lookup(new Output.Lookup(id, uri));
    }

    void resolved(Instant at, long lookup, List<Target> targets) {
        var waiting = lookups.remove(lookup);
        if (waiting != null) waiting.resolved(at, targets);
    }

    /// Routes of a registrar that later requests outside a dialog are to take (RFC 3608 §6.1).
    void serviceRoutes(List<Line> routes) {
        serviceRoutes = routes;
    }

    /// The routes a request outside a dialog begins with.
    List<Line> preloaded() {
        if (!serviceRoutes.isEmpty()) return serviceRoutes;
        return desk.setup
                .proxy()
                .map(uri -> List.of(new Line("Route", "<" + Dialog.loose(uri) + ">")))
                .orElse(List.of());
    }

    /// A request outside a dialog, whole but for CSeq, Via and Contact.
    Draft outside(Draft asked, String callId, String tag) {
        var to = "<" + Dialog.bare(asked.uri()) + ">";
        return asked.fill(asked.method().equals("REGISTER") ? proxyOnly() : preloaded())
                .fill(List.of(new Line("Max-Forwards", "70")))
                .fill(List.of(new Line("From", "<" + desk.setup.user() + ">;tag=" + tag)))
                .fill(List.of(new Line("To", to)))
                .fill(List.of(new Line("Call-ID", callId)))
                .fill(List.of(new Line("User-Agent", desk.setup.product())));
    }

    private List<Line> proxyOnly() {
        var kept = serviceRoutes;
        serviceRoutes = List.of();
        var routes = preloaded();
        serviceRoutes = kept;
        return routes;
    }

    <U extends Usage> U open(U usage) {
        usages.put(usage.job(), usage);
        return usage;
    }

    void close(Usage usage) {
        usages.remove(usage.job(), usage);
    }

    /// @return empty if the job is over, or is of another kind
    <U extends Usage> Optional<U> usage(Job job, Class<U> kind) {
        return Optional.ofNullable(usages.get(job)).filter(kind::isInstance).map(kind::cast);
    }

    List<Usage> usages() {
        return new ArrayList<>(usages.values());
    }

    boolean add(Dialog dialog) {
        if (dialogs.size() >= MOST_DIALOGS) return false;
        dialogs.put(dialog.key(), dialog);
        return true;
    }

    /// Lets a dialog go that nothing uses any more; not at once, since late messages may come.
    void release(Instant at, Dialog dialog) {
        if (dialog.isUsed()) return;
        desk.agenda.at(
                at.plus(desk.setup.timers().times64()),
                _ -> {
                    if (!dialog.isUsed()) dialogs.remove(dialog.key(), dialog);
                });
    }

    Optional<Dialog> dialog(String callId, String localTag, String remoteTag) {
        return Optional.ofNullable(dialogs.get(Dialog.key(callId, localTag, remoteTag)));
    }

    /// The dialog that a request of the peer belongs to.
    Optional<Dialog> dialogOf(SipMessage request) {
        return dialog(Copies.callId(request), Copies.toTag(request), Copies.fromTag(request));
    }

    List<Dialog> dialogs() {
        return new ArrayList<>(dialogs.values());
    }

    /// A subscription outside a dialog that waits for the NOTIFY or the 2xx that makes one.
    void expect(String callId, String tag, Subscription subscription) {
        expectant.put(callId + " " + tag, subscription);
    }

    void expectNoMore(String callId, String tag) {
        expectant.remove(callId + " " + tag);
    }

    Optional<Subscription> expectant(SipMessage notify) {
        return Optional.ofNullable(
                expectant.get(Copies.callId(notify) + " " + Copies.toTag(notify)));
    }

    int open() {
        return transactions.open() + dialogs.size() + usages.size() + lookups.size();
    }
}
