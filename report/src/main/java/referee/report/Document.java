// SPDX-License-Identifier: Apache-2.0
package referee.report;

import io.avaje.jsonb.Json;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The JSON document of `diagnose`; its schema is `docs/diagnosis.schema.json`.
///
/// @param referee the version that wrote it
/// @param capture what is wrong with the evidence itself, and what it therefore cannot tell
/// @param stories only if asked for
@Json
record Document(
        String referee,
        List<Input> inputs,
        List<Doubt> capture,
        Summary summary,
        List<Entry> findings,
        @Nullable List<StoryEntry> stories) {

    /// @param frames how many frames the source held
    /// @param from time of its first frame
    /// @param gaps where it was blind, the first ones
    @Json
    record Input(
            String name,
            String kind,
            long frames,
            long messages,
            @Nullable String from,
            @Nullable String to,
            List<String> notes,
            List<GapEntry> gaps) {}

    @Json
    record GapEntry(String kind, @Nullable Long frame, String says) {}

    /// @param byCode how often each status code answered, retransmissions and further hops apart
    @Json
    record Summary(
            long stories,
            Map<String, Long> byOutcome,
            Map<String, Long> byKind,
            Map<String, Long> byCode) {}

    @Json
    record Who(String role, @Nullable String at) {}

    /// @param at when the first of its frames passed
    /// @param frames of the input, 1-based
    @Json
    record Entry(
            String fault,
            String severity,
            String certainty,
            List<Who> responsible,
            String callId,
            @Json.Property("case") String caseId,
            String at,
            String says,
            List<String> fix,
            @Nullable String confirm,
            String input,
            List<Long> frames,
            List<String> references) {}

    @Json
    record StoryEntry(
            String callId,
            String kind,
            String outcome,
            @Json.Property("case") String caseId,
            String from,
            String to,
            String input,
            String start,
            String end,
            List<LinkEntry> links,
            List<AnswerEntry> answers) {}

    /// Why a story belongs to its case.
    ///
    /// @param callId of the story at the other end of the link
    @Json
    record LinkEntry(String callId, String reason, String certainty) {}

    /// @param input only where it is another than the story's
    @Json
    record AnswerEntry(
            @Nullable String input,
            long frame,
            int code,
            String request,
            String reading,
            @Nullable String next,
            @Nullable String by) {}

    /// A story of `show --as json`.
    @Json
    record ShownStory(
            String callId,
            String kind,
            String outcome,
            @Json.Property("case") String caseId,
            String from,
            String to,
            List<MessageEntry> messages) {}

    /// @param lines headers and body, only if asked for
    /// @param reading of a response, what it means where it stands
    @Json
    record MessageEntry(
            String input,
            long frame,
            String at,
            String from,
            String to,
            String transport,
            String start,
            @Nullable String reading,
            @Nullable String next,
            @Nullable String by,
            @Nullable List<String> lines) {}
}
