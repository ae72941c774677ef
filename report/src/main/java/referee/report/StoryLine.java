// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Outcome;
import referee.diagnosis.Severity;
import referee.diagnosis.StoryKind;
import referee.diagnosis.Verdict;
import referee.rules.Reading;
import referee.rules.Readings;
import referee.sip.HeaderName;
import referee.sip.Methods;

/// What a text report says of one story.
///
/// @param who such as `alice@example.net → bob@example.net`
/// @param why what its last telling response means; empty if there is none
/// @param links why it belongs with other stories, a clause each
/// @param wrong whether it stands out among many
record StoryLine(
        StoryKind kind,
        Outcome outcome,
        Instant first,
        String callId,
        String who,
        String why,
        List<String> links,
        boolean wrong) {

    /// Whether it failed, or its outcome is not known, for another reason than what people do.
    static boolean wentWrong(Verdict verdict) {
        if (verdict.outcome() == Outcome.SUCCEEDED || verdict.outcome() == Outcome.CANCELLED)
            return false;
        var findings = verdict.findings();
        return findings.isEmpty()
                || findings.stream().anyMatch(one -> one.severity() != Severity.INFO);
    }

    static StoryLine of(Verdict verdict) {
        var story = verdict.story();
        var from = Addresses.plain(story.party(HeaderName.FROM));
        var to = Addresses.plain(story.party(HeaderName.TO));
        var target =
                story.transfers().stream()
                        .findFirst()
                        .flatMap(transfer -> transfer.target())
                        .map(refer -> ", referred to " + Addresses.plain(refer.address()))
                        .orElse("");
        return new StoryLine(
                story.kind(),
                verdict.outcome(),
                story.first(),
                story.callId(),
                (from.equals(to) ? from : from + " → " + to) + target,
                Masking.words(why(verdict).orElse("")),
                LinkWords.of(verdict),
                wentWrong(verdict));
    }

    private static Optional<String> why(Verdict verdict) {
        var story = verdict.story();
        if (story.kind() == StoryKind.TRANSFER && !story.transfers().isEmpty()) {
            return Optional.of(TransferWords.of(story.transfers().getLast()));
        }
        if (verdict.outcome() == Outcome.SUCCEEDED) return Optional.empty();
        return Readings.of(story).stream()
                .filter(reading ->
                        reading.code() >= 300 && !reading.request().equals(Methods.CANCEL))
                .reduce((_, last) -> last)
                .map(reading -> words(reading, verdict.outcome()))
                .or(() ->
                        Optional.of(
                                story.isOneSided()
                                        ? "one direction only was captured"
                                        : "no final response was seen"));
    }

    private static String words(Reading reading, Outcome outcome) {
        var never =
                outcome == Outcome.FAILED
                        && reading.by().isPresent()
                        && reading.says().endsWith("send credentials");
        return reading.code()
                + " to "
                + reading.request()
                + ": "
                + reading.says()
                + (never ? ", and never did" : "");
    }
}
