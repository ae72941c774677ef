// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import static java.util.stream.Collectors.toUnmodifiableSet;
import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Sequel;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.sip.HeaderKind;
import referee.sip.Methods;
import referee.sip.OptionTag;
import referee.sip.SipMessage;

/// 420 or 421 about an extension, and no request that takes it into account (RFC 3261 §8.1.3.5 and
/// §21.4.16).
public final class ExtensionNegotiationFailed implements Rule.OnStory {
    /// All but REFER, whose extensions have rules of their own.
    private static final Set<String> METHODS =
            Methods.ALL.stream()
                    .filter(method -> !method.equals(Methods.REFER))
                    .collect(toUnmodifiableSet());

    @Override
    public String id() {
        return "extension-negotiation-failed";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Story story) {
        var findings = new ArrayList<Finding>(0);
        for (var code : List.of(420, 421)) {
            for (var sequel : Sequel.of(story, METHODS, code)) {
                check(sequel, code, story).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private Optional<Finding> check(Sequel sequel, int code, Story story) {
        var tags = named(sequel.first(), code);
        if (tags.isEmpty()) return Optional.of(unnamed(sequel, code, story));
        if (code == 420 && isNotRequired(sequel.first(), tags))
            return Optional.of(notRequired(sequel, tags, story));
        var ignored = sequel.steps().stream().anyMatch(step -> isUnchanged(step, code));
        if (ignored) return Optional.of(draft("ignored", sequel, code, tags, story).finding());
        if (sequel.last().is(Methods.OPTIONS) || !sequel.isGivenUp(story)) return Optional.empty();
        var draft = draft("given up", sequel, code, tags, story).certainty(LIKELY);
        return Optional.of(
                code == 421
                        ? draft.blames(SERVER, sequel.last().server()).finding()
                        : draft.finding());
    }

    private Finding unnamed(Sequel sequel, int code, Story story) {
        var says =
                "%d to %s without %s"
                        .formatted(
                                code,
                                sequel.first().method(),
                                code == 420 ? "Unsupported" : "Require");
        return story.finding(this, says)
                .blames(SERVER, sequel.first().server())
                .proof(sequel.proof())
                .finding();
    }

    private Finding notRequired(Sequel sequel, List<String> tags, Story story) {
        var says =
                "420 refuses %s, which the %s did not require"
                        .formatted(String.join(", ", tags), sequel.first().method());
        return story.finding(this, says)
                .certainty(LIKELY)
                .blames(SERVER, sequel.first().server())
                .proof(sequel.proof())
                .value("tags", String.join(", ", tags))
                .finding();
    }

    private Finding.Draft draft(
            String how, Sequel sequel, int code, List<String> tags, Story story) {
        var names = String.join(", ", tags);
        var what =
                code == 420
                        ? "%s required %s and was refused with 420"
                        : "%s does not support %s and was refused with 421";
        var then =
                how.equals("ignored")
                        ? ", and the next one did the same"
                        : ", and was not sent again within %d s"
                                .formatted(Sequel.PATIENCE.toSeconds());
        return story.finding(this, what.formatted(sequel.first().method(), names) + then)
                .blames(CLIENT, sequel.first().client())
                .proof(sequel.proof())
                .proof(sequel.next().flatMap(Transaction::request).stream().toList())
                .value("tags", names)
                .value("cure", cure(code, names));
    }

    private static String cure(int code, String names) {
        return code == 420 ? "without Require: " + names : "with Supported: " + names;
    }

    /// The tags that the answer is about.
    private static List<String> named(Transaction refused, int code) {
        var kind = code == 420 ? OptionTag.UNSUPPORTED : OptionTag.REQUIRE;
        return refused.finalAnswer()
                .map(answer -> tags(answer.first().message(), kind))
                .orElse(List.of());
    }

    private static boolean isNotRequired(Transaction refused, List<String> tags) {
        return refused.message()
                .map(message -> tags.stream().noneMatch(tag -> isRequired(message, tag)))
                .orElse(false);
    }

    /// Whether the next request has what was refused, or lacks what was asked for, like the one
    /// before.
    private static boolean isUnchanged(Sequel.Step step, int code) {
        var next = step.then().message();
        var tags = named(step.refused(), code);
        if (next.isEmpty() || tags.isEmpty()) return false;
        return code == 420
                ? tags.stream().anyMatch(tag -> isRequired(next.get(), tag))
                : tags.stream().anyMatch(tag -> !isSupported(next.get(), tag));
    }

    private static boolean isRequired(SipMessage request, String tag) {
        return has(request, OptionTag.REQUIRE, tag) || has(request, OptionTag.PROXY_REQUIRE, tag);
    }

    private static boolean isSupported(SipMessage request, String tag) {
        return has(request, OptionTag.SUPPORTED, tag) || has(request, OptionTag.REQUIRE, tag);
    }

    private static boolean has(SipMessage message, HeaderKind<OptionTag> kind, String tag) {
        return message.values(kind).stream().anyMatch(one -> one.is(tag));
    }

    private static List<String> tags(SipMessage message, HeaderKind<OptionTag> kind) {
        return message.values(kind).stream().map(OptionTag::name).distinct().toList();
    }
}
