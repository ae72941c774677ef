// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import referee.diagnosis.Diagnosis;
import referee.evidence.Account;
import referee.evidence.Endpoint;
import referee.evidence.Gap;

/// What reading each of several sources came to. Owned by one thread at a time.
final class Heard {
    private static final int MOST_GAPS = 1_000;

    private final List<Source> sources;
    private final Map<Integer, Account> accounts = new TreeMap<>();
    private final Map<Integer, List<Gap>> gaps = new HashMap<>();
    private final Map<Integer, IOException> unread = new TreeMap<>();

    Heard(List<Source> sources) {
        this.sources = sources;
    }

    void missed(int source, Gap gap) {
        var known = gaps.computeIfAbsent(source, _ -> new ArrayList<>());
        if (known.size() < MOST_GAPS) known.add(gap);
    }

    void ended(int source, Account account) {
        accounts.put(source, account);
    }

    void unread(int source, IOException why) {
        unread.put(source, why);
    }

    /// Adds what the diagnosis itself has to say about the evidence; what is about all of it goes
    /// to the last source.
    void close(Diagnosis diagnosis) {
        for (var jump : diagnosis.jumps()) missed(jump.source(), jump.gap());
        if (diagnosis.withoutCallId() > 0) {
            limit(diagnosis.withoutCallId() + " messages name no Call-ID and belong to no story");
        }
        if (diagnosis.cutShort() > 0) {
            limit(
                    diagnosis.cutShort()
                            + " stories were judged early, because too much was open at a time");
        }
    }

    private void limit(String says) {
        var last = accounts.keySet().stream().reduce(0, Math::max);
        missed(last, new Gap(Gap.Kind.LIMIT, 0, Optional.empty(), Optional.empty(), says));
    }

    /// The end of what was read.
    Optional<Instant> until() {
        return accounts.values().stream()
                .flatMap(account -> account.to().stream())
                .max(Instant::compareTo);
    }

    /// Every source that was read to its end, with its gaps.
    void each(BiConsumer<Account, List<Gap>> read) {
        accounts.forEach(
                (source, account) -> read.accept(account, gaps.getOrDefault(source, List.of())));
    }

    /// Every source that was not, and why.
    void eachUnread(BiConsumer<Source, IOException> complaint) {
        unread.forEach((source, why) -> complaint.accept(sources.get(source), why));
    }

    /// What the sources call their addresses.
    Map<Endpoint, String> names() {
        var names = new HashMap<Endpoint, String>();
        for (var account : accounts.values()) names.putAll(account.names());
        return names;
    }
}
