// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import referee.agent.ProbePlan;
import referee.agent.ProbeResult;
import referee.report.Docket;
import referee.report.JsonReport;
import referee.report.Times;

/// The JSON document of `probe`, in two parts: a [Single] or a [Load], and what `diagnose` says of
/// what was on the wire. Its schema is `docs/probe.schema.json`.
final class ProbeDocument {
    private static final Jsonb JSON =
            Jsonb.builder().serializeNulls(false).serializeEmpty(true).build();

    /// @param code of the response that decided; 0 where none did
    @Json
    record Single(
            String kind,
            String uri,
            String outcome,
            int exitCode,
            int code,
            String says,
            double tookSeconds,
            @Nullable Double firstResponseSeconds,
            @Nullable Double answeredSeconds,
            @Nullable Long grantedSeconds,
            List<String> notes,
            @Nullable Blame blame,
            List<Moment> timeline) {}

    @Json
    record Blame(String fault, String responsible, String certainty, String says) {}

    @Json
    record Moment(String at, String says) {}

    /// @param count how many were to begin
    /// @param perSecond how many really began a second
    /// @param outcomes how many ended how
    /// @param codes how often each response code decided; 0 where none did
    @Json
    record Load(
            String kind,
            String uri,
            int exitCode,
            int count,
            int begun,
            double wantedPerSecond,
            double perSecond,
            double tookSeconds,
            int concurrent,
            int mostOpen,
            Waits waits,
            @Nullable String stopped,
            Map<String, Long> outcomes,
            Map<String, Long> codes,
            Percentiles firstResponseSeconds,
            Percentiles answeredSeconds,
            Retransmissions retransmissions,
            List<Fault> faults) {}

    /// @param held begins that waited because too many were open
    /// @param latestSeconds by how much the latest begin was late because this machine was busy
    /// @param rests how often the server asked for rest
    @Json
    record Waits(
            long held, double heldSeconds, double latestSeconds, int rests, double restedSeconds) {}

    /// @param count how many were measured; the others are absent where none was
    @Json
    record Percentiles(
            long count,
            @Nullable Double p50,
            @Nullable Double p90,
            @Nullable Double p99,
            @Nullable Double max) {}

    /// @param sent of ours
    /// @param received of theirs
    @Json
    record Retransmissions(long sent, long received) {}

    /// @param stories in how many it was found
    /// @param example a Call-ID; its finding stands in the diagnosis
    @Json
    record Fault(
            String fault,
            String severity,
            String certainty,
            String responsible,
            long stories,
            String example) {}

    private ProbeDocument() {}

    /// @return the document, which ends in a line end
    static String of(
            ProbePlan plan, ProbeResult result, List<ProbeRecord.Entry> timeline, Docket docket)
            throws IOException {
        var single =
                new Single(
                        plan.kind().word(),
                        plan.uri(),
                        result.end().word(),
                        result.end().exitCode(),
                        result.code(),
                        result.says(),
                        seconds(result.took()),
                        result.firstResponse().map(ProbeDocument::seconds).orElse(null),
                        result.answered().map(ProbeDocument::seconds).orElse(null),
                        result.granted().map(Duration::toSeconds).orElse(null),
                        result.notes(),
                        result.blame().map(ProbeDocument::blame).orElse(null),
                        timeline.stream()
                                .map(one -> new Moment(Times.iso(one.at()), one.says()))
                                .toList());
        return document("probe", JSON.type(Single.class).toJsonPretty(single), docket);
    }

    /// @return the document, which ends in a line end
    static String of(Load load, Docket docket) throws IOException {
        return document("load", JSON.type(Load.class).toJsonPretty(load), docket);
    }

    private static String document(String name, String json, Docket docket) throws IOException {
        var text = new StringBuilder("{\n\"" + name + "\": " + json + ",\n\"diagnosis\": ");
        new JsonReport(Referee.VERSION).write(docket, text);
        return text.append("}\n").toString();
    }

    private static Blame blame(ProbeResult.Blame blame) {
        return new Blame(blame.fault(), blame.party(), blame.certainty(), blame.says());
    }

    /// To the microsecond.
    static double seconds(Duration duration) {
        return Math.round(duration.toNanos() / 1e3) / 1e6;
    }
}
