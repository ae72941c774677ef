// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.agent.ProbeResult;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Judge;
import referee.diagnosis.Setting;
import referee.evidence.Account;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.report.Docket;
import referee.rules.Rules;

/// What a probe sent, received and said, as evidence: the timeline as it goes, the judgement at the
/// end. Written by the agent's thread until that has ended.
final class ProbeRecord implements Witness {
    private static final int MOST = 20_000;

    /// One thing on the timeline.
    record Entry(Instant at, String says) {}

    private final PrintWriter err;
    private final Instant start;
    private final List<Sighting> seen = new ArrayList<>();
    private final List<Unreachable> errors = new ArrayList<>();
    private final List<Entry> timeline = new ArrayList<>();
    private Optional<ProbeResult> result = Optional.empty();
    private Optional<Instant> expiry = Optional.empty();
    private Instant end;

    ProbeRecord(PrintWriter err, Instant start) {
        this.err = err;
        this.start = start;
        this.end = start;
    }

    synchronized void tell(Instant at, String says) {
        if (timeline.size() >= MOST) return;
        var clean = says.replaceAll("\\p{Cntrl}", "?");
        timeline.add(new Entry(at, clean));
        err.printf("%9.3f  %s%n", Duration.between(start, at).toNanos() / 1e9, clean);
    }

    @Override
    public synchronized void saw(Sighting sighting) {
        if (seen.size() >= MOST) return;
        seen.add(sighting);
        var from = "%s -> %s %s".formatted(sighting.from(), sighting.to(), sighting.transport());
        var message = sighting.message();
        var about = message.isRequest() ? "" : " (" + message.method() + ")";
        tell(sighting.at(), "  %s%s  %s".formatted(message, about, from));
    }

    @Override
    public void missed(Gap gap) {}

    @Override
    public synchronized void unreachable(Unreachable error) {
        if (errors.size() >= MOST) return;
        errors.add(error);
        tell(error.at(), "  ICMP: %s at %s".formatted(error.reason().word(), error.to()));
    }

    /// A server has shown these certificates. Called by any thread.
    synchronized void showed(List<X509Certificate> certificates) {
        for (var one : certificates) {
            var until = one.getNotAfter().toInstant();
            if (expiry.filter(known -> known.isBefore(until)).isEmpty())
                expiry = Optional.of(until);
        }
    }

    /// When the first of the certificates expires that servers have shown.
    synchronized Optional<Instant> expiry() {
        return expiry;
    }

    synchronized void end(Instant at, ProbeResult told) {
        result = Optional.of(told);
        end = at;
    }

    /// Nothing comes after this.
    synchronized void ended(Instant at) {
        end = at;
    }

    synchronized ProbeResult result() {
        return result.orElseThrow();
    }

    synchronized List<Entry> timeline() {
        return List.copyOf(timeline);
    }

    Instant start() {
        return start;
    }

    /// The same judgement that `diagnose` passes on a capture.
    synchronized Docket judge() {
        var docket = new Docket(Docket.Detail.LINES);
        var diagnosis =
                new Diagnosis(
                        Setting.DEFAULT,
                        0,
                        new Judge(
                                Rules.ALL,
                                verdict -> docket.file(verdict, List.of(LoadEvidence.NAME))));
        tellAll(diagnosis);
        diagnosis.finish(end);
        docket.file(account(), List.of());
        return docket;
    }

    private Account account() {
        return new Account(
                LoadEvidence.NAME,
                "live",
                seen.size() + errors.size(),
                seen.size(),
                Optional.of(start),
                Optional.of(end),
                0,
                Map.of());
    }

    synchronized void save(Path file) throws IOException {
        var out = EvidenceFile.create(file);
        tellAll(out);
        out.end(account());
    }

    /// In the order of their numbers, which are then those of the frames in a capture.
    private void tellAll(Witness witness) {
        var left = new ArrayDeque<>(errors);
        for (var sighting : seen) {
            while (!left.isEmpty() && left.peek().frame() < sighting.number())
                witness.unreachable(left.remove());
            witness.saw(sighting);
        }
        left.forEach(witness::unreachable);
    }
}
