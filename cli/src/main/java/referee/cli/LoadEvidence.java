// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Finding;
import referee.diagnosis.Judge;
import referee.diagnosis.Limits;
import referee.diagnosis.Setting;
import referee.diagnosis.Transaction;
import referee.diagnosis.Verdict;
import referee.evidence.Account;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.report.Docket;
import referee.rules.Rules;

/// What a load sent and received, judged as it goes and let go then: of each fault the first
/// finding is kept, and in how many stories it was found. Owned by one thread at a time.
final class LoadEvidence implements Witness {
    static final String NAME = "probe";
    private static final long MOST_OCTETS = 96L << 20;

    /// A fault's first finding.
    ///
    /// @param stories in how many it was found
    record Found(Finding first, long stories) {}

    private final Docket docket = new Docket(Docket.Detail.NONE);
    private final Diagnosis diagnosis =
            new Diagnosis(
                    Setting.DEFAULT.with(Limits.DEFAULT.withOpenOctets(MOST_OCTETS)),
                    0,
                    new Judge(Rules.ALL, this::judged));
    private final Map<String, Found> faults = new LinkedHashMap<>();
    private Optional<Instant> first = Optional.empty();
    private long messages;
    private long errors;
    private long sentAgain;
    private long receivedAgain;

    @Override
    public void saw(Sighting sighting) {
        if (first.isEmpty()) first = Optional.of(sighting.at());
        messages++;
        diagnosis.saw(sighting);
    }

    @Override
    public void missed(Gap gap) {}

    @Override
    public void unreachable(Unreachable error) {
        errors++;
        diagnosis.unreachable(error);
    }

    /// Judges what is still open. Nothing comes after this.
    void finish(Instant at) {
        diagnosis.finish(at);
        docket.file(account(at), List.of());
    }

    Account account(Instant end) {
        return new Account(
                NAME, "live", messages + errors, messages, first, Optional.of(end), 0, Map.of());
    }

    private void judged(Verdict verdict) {
        verdict.story().transactions().forEach(one -> count(one, verdict));
        var fresh = new ArrayList<Finding>(0);
        var seen = new HashSet<String>();
        for (var finding : verdict.findings()) {
            if (!faults.containsKey(finding.fault())) fresh.add(finding);
            if (seen.add(finding.fault()))
                faults.merge(
                        finding.fault(),
                        new Found(finding, 1),
                        (one, _) -> new Found(one.first(), one.stories() + 1));
        }
        docket.file(
                new Verdict(
                        verdict.story(),
                        verdict.caseId(),
                        verdict.links(),
                        verdict.outcome(),
                        fresh),
                List.of(NAME));
    }

    /// Every story is one that we have begun.
    private void count(Transaction transaction, Verdict verdict) {
        var hop = transaction.firstHop();
        var us = verdict.story().transactions().getFirst().client();
        var requests = Math.max(0, hop.requests().size() - 1);
        var answers = 0L;
        for (var answer : hop.answers()) answers += answer.copies().size() - 1;
        var ours = transaction.client().equals(us);
        sentAgain += ours ? requests : answers;
        receivedAgain += ours ? answers : requests;
    }

    /// With the first finding of each fault, after [#finish].
    Docket docket() {
        return docket;
    }

    /// In the order in which they were first found.
    Map<String, Found> faults() {
        return Collections.unmodifiableMap(faults);
    }

    long sentAgain() {
        return sentAgain;
    }

    long receivedAgain() {
        return receivedAgain;
    }
}
