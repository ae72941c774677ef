// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Finding;
import referee.diagnosis.Judge;
import referee.diagnosis.Setting;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.TraceReader;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.rules.Rules;
import referee.sip.KeyringReader;

/// What a source told, in its order, so that it can be told again with something changed.
///
/// @param until how long the source was watched
record Tape(List<Event> events, Instant until) {
    /// One thing told: exactly one of the three is there.
    record Event(
            Instant at, Optional<Sighting> seen, Optional<Gap> gap, Optional<Unreachable> dead) {
        static Event of(Sighting seen) {
            return new Event(seen.at(), Optional.of(seen), Optional.empty(), Optional.empty());
        }
    }

    static Tape of(Scene scene) throws IOException {
        var events = new ArrayList<Event>();
        var account =
                TraceReader.read(
                        scene.text(),
                        scene.name(),
                        new Witness() {
                            @Override
                            public void saw(Sighting seen) {
                                events.add(Event.of(seen));
                            }

                            @Override
                            public void missed(Gap gap) {
                                var at = gap.at().orElse(Instant.MIN);
                                events.add(
                                        new Event(
                                                at,
                                                Optional.empty(),
                                                Optional.of(gap),
                                                Optional.empty()));
                            }

                            @Override
                            public void unreachable(Unreachable error) {
                                events.add(
                                        new Event(
                                                error.at(),
                                                Optional.empty(),
                                                Optional.empty(),
                                                Optional.of(error)));
                            }
                        });
        return new Tape(events, account.to().orElseThrow());
    }

    /// What every rule there is finds in it.
    List<Finding> findings(String accounts) {
        var findings = new ArrayList<Finding>();
        var keyring = KeyringReader.read(accounts.getBytes(UTF_8)).keyring();
        var judge = new Judge(Rules.ALL, keyring, verdict -> findings.addAll(verdict.findings()));
        var diagnosis = new Diagnosis(Setting.DEFAULT, 1, judge);
        for (var event : events) {
            event.seen.ifPresent(diagnosis::saw);
            event.gap.ifPresent(diagnosis::missed);
            event.dead.ifPresent(diagnosis::unreachable);
        }
        diagnosis.finish(until);
        return findings;
    }

    /// With every message changed.
    Tape each(UnaryOperator<Sighting> change) {
        return new Tape(
                events.stream()
                        .map(event ->
                                event.seen.map(seen -> Event.of(change.apply(seen))).orElse(event))
                        .toList(),
                until);
    }

    /// These messages, numbered anew in their order. Only for tapes of nothing but messages.
    static Tape of(List<Sighting> messages, Instant until) {
        var events = new ArrayList<Event>();
        for (var one : messages) events.add(Event.of(numbered(one, events.size() + 1)));
        return new Tape(events, until);
    }

    /// @param other told at the same time
    Tape among(Tape other) {
        var all = new ArrayList<>(messages());
        var shift = Duration.between(other.events.getFirst().at, events.getFirst().at);
        for (var one : other.messages()) all.add(at(one, one.at().plus(shift)));
        all.removeIf(one -> one.at().isAfter(until));
        all.sort(Comparator.comparing(Sighting::at));
        return of(all, until);
    }

    /// The messages from one to another, and nothing before or after them.
    Tape cut(int from, int to) {
        return new Tape(
                events.subList(from, to), to == events.size() ? until : events.get(to - 1).at);
    }

    List<Sighting> messages() {
        return events.stream().flatMap(event -> event.seen.stream()).toList();
    }

    boolean isOfMessagesOnly() {
        return events.stream().allMatch(event -> event.seen.isPresent());
    }

    static Sighting at(Sighting s, Instant at) {
        return new Sighting(
                s.number(), at, s.from(), s.to(), s.transport(), s.message(), s.exact());
    }

    private static Sighting numbered(Sighting s, long number) {
        return new Sighting(
                number, s.at(), s.from(), s.to(), s.transport(), s.message(), s.exact());
    }
}
