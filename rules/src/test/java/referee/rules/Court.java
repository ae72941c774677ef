// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Finding;
import referee.diagnosis.Judge;
import referee.diagnosis.Responsible;
import referee.diagnosis.Setting;
import referee.diagnosis.Verdict;
import referee.evidence.TraceReader;
import referee.sip.KeyringReader;

/// Has a trace judged by every rule there is, through the real engine.
final class Court {
    private Court() {}

    static List<Verdict> judge(String trace) throws IOException {
        return judge(trace, "");
    }

    /// @param credentials accounts, one a line, that digests are recomputed with
    static List<Verdict> judge(String trace, String credentials) throws IOException {
        var verdicts = new ArrayList<Verdict>();
        var keyring = KeyringReader.read(credentials.getBytes(UTF_8)).keyring();
        var judge = new Judge(Rules.ALL, keyring, verdicts::add);
        var diagnosis = new Diagnosis(Setting.DEFAULT, 1, judge);
        var account = TraceReader.read(trace, "page", diagnosis);
        diagnosis.finish(account.to().orElseThrow());
        return verdicts;
    }

    /// The findings of a trace, a line each, as they stand on a page.
    static String findings(String trace) throws IOException {
        return findings(trace, "");
    }

    static String findings(String trace, String credentials) throws IOException {
        return judge(trace, credentials).stream()
                .flatMap(verdict -> verdict.findings().stream())
                .sorted((a, b) -> Long.compare(a.frames().getFirst(), b.frames().getFirst()))
                .map(finding -> line(finding) + "\n")
                .collect(Collectors.joining());
    }

    /// How the responses with this code read where they stand, a line each, as on a page.
    static String readings(String trace, int code) throws IOException {
        return judge(trace).stream()
                .flatMap(verdict -> Readings.of(verdict.story()).stream())
                .filter(reading -> reading.code() == code)
                .map(reading -> line(reading) + "\n")
                .collect(Collectors.joining());
    }

    private static String line(Reading reading) {
        var next =
                reading.next().map(what -> "; next: " + what).orElse("")
                        + reading.by()
                                .map(by -> " by " + by.toString().substring(11, 19))
                                .orElse("");
        return "[%d] %d to %s: %s%s"
                .formatted(
                        reading.frame(), reading.code(), reading.request(), reading.says(), next);
    }

    private static String line(Finding finding) {
        var whose =
                finding.responsible().stream().map(Court::name).collect(Collectors.joining(" "));
        var frames =
                finding.frames().stream().map(String::valueOf).collect(Collectors.joining(" "));
        return "%s %s %s %s: %s [%s]"
                .formatted(
                        finding.severity().word(),
                        finding.certainty().word(),
                        finding.fault(),
                        whose,
                        finding.says(),
                        frames);
    }

    private static String name(Responsible one) {
        return one.role().word() + one.at().map(at -> "@" + at).orElse("");
    }
}
