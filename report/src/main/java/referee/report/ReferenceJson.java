// SPDX-License-Identifier: Apache-2.0
package referee.report;

import io.avaje.jsonb.Json;
import io.avaje.jsonb.Jsonb;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import referee.reference.Code;
import referee.reference.Codes;
import referee.reference.Comparison;
import referee.reference.HeaderNeed;
import referee.reference.Sections;
import referee.reference.Topic;

/// The reference for programs: a JSON document a question.
public final class ReferenceJson {
    private static final Jsonb JSON =
            Jsonb.builder().serializeNulls(false).serializeEmpty(true).build();

    /// @param code the facts, if the topic is a response code
    /// @param sections heading to Markdown
    @Json
    record TopicEntry(
            String kind,
            String name,
            String title,
            String summary,
            @Nullable CodeEntry code,
            Map<String, String> sections) {}

    /// @param dialog what it does inside a dialog: none, transaction, usage, dialog or redirect
    /// @param retry such as `after a change`; absent if there is nothing to retry
    @Json
    record CodeEntry(
            int code,
            String name,
            @Json.Property("class") String codeClass,
            @Json.Property("final") boolean isFinal,
            String standing,
            String source,
            String says,
            List<String> sentBy,
            List<String> acts,
            List<String> methods,
            List<NeedEntry> must,
            List<NeedEntry> should,
            List<NeedEntry> may,
            String dialog,
            boolean endsSubscription,
            @Nullable String retry,
            @Nullable String retryAfter,
            @Nullable CauseEntry q850,
            List<Integer> q850Causes,
            @Nullable HttpEntry http,
            List<String> alsoCalled) {}

    @Json
    record NeedEntry(String name, @Nullable String when, String source) {}

    @Json
    record CauseEntry(int cause, String name, String location) {}

    @Json
    record HttpEntry(int code, String relation) {}

    @Json
    record DifferenceEntry(String about, String left, String right) {}

    @Json
    record ComparisonEntry(
            CodeEntry left,
            CodeEntry right,
            List<String> notes,
            String lead,
            List<DifferenceEntry> differences,
            List<String> shared) {}

    @Json
    record HitEntry(String kind, String name, String title, String summary) {}

    private ReferenceJson() {}

    public static void write(Topic topic, Appendable out) throws IOException {
        var code =
                topic.kind().equals("code")
                        ? Codes.of(Integer.parseInt(topic.name()))
                                .map(ReferenceJson::entry)
                                .orElse(null)
                        : null;
        var entry =
                new TopicEntry(
                        topic.kind(),
                        topic.name(),
                        topic.title(),
                        topic.summary(),
                        code,
                        Sections.of(topic.text()).text());
        out.append(JSON.type(TopicEntry.class).toJsonPretty(entry)).append('\n');
    }

    public static void write(Comparison comparison, Appendable out) throws IOException {
        var entry =
                new ComparisonEntry(
                        entry(comparison.left()),
                        entry(comparison.right()),
                        comparison.notes(),
                        comparison.lead(),
                        comparison.differences().stream()
                                .map(one ->
                                        new DifferenceEntry(one.about(), one.left(), one.right()))
                                .toList(),
                        comparison.shared());
        out.append(JSON.type(ComparisonEntry.class).toJsonPretty(entry)).append('\n');
    }

    /// The facts of these codes, as a list.
    public static void codes(List<Code> codes, Appendable out) throws IOException {
        var entries = codes.stream().map(ReferenceJson::entry).toList();
        out.append(JSON.type(CodeEntry.class).list().toJsonPretty(entries)).append('\n');
    }

    /// What was found by words, as a list, best first.
    public static void hits(List<Topic> topics, Appendable out) throws IOException {
        var entries =
                topics.stream()
                        .map(one ->
                                new HitEntry(one.kind(), one.name(), one.title(), one.summary()))
                        .toList();
        out.append(JSON.type(HitEntry.class).list().toJsonPretty(entries)).append('\n');
    }

    private static CodeEntry entry(Code code) {
        return new CodeEntry(
                code.number(),
                code.name(),
                code.codeClass().word(),
                code.codeClass().isFinal(),
                code.standing().words(),
                code.source(),
                code.says(),
                code.sentBy(),
                code.acts(),
                code.methods(),
                needs(code.must()),
                needs(code.should()),
                needs(code.may()),
                code.effect().word(),
                code.endsSubscription(),
                orNull(code.retry().word()),
                orNull(code.retryAfter()),
                code.cause()
                        .map(one -> new CauseEntry(one.number(), one.name(), one.location()))
                        .orElse(null),
                code.causes(),
                code.http().map(one -> new HttpEntry(one.code(), one.relation())).orElse(null),
                code.alsoCalled());
    }

    private static List<NeedEntry> needs(List<HeaderNeed> needs) {
        return needs.stream()
                .map(one -> new NeedEntry(one.name(), orNull(one.when()), one.source()))
                .toList();
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
