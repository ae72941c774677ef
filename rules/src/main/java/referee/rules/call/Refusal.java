// SPDX-License-Identifier: Apache-2.0
package referee.rules.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import referee.diagnosis.Answer;
import referee.diagnosis.Party;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.Reason;
import referee.sip.SipMessage;
import referee.sip.StartLine;
import referee.sip.Warning;

/// A call that was refused before it rang, and that no further try in its story saved.
record Refusal(Transaction invite, Answer answer, Sighting request) {
    private static final List<String> POLICY =
            List.of(
                    "balance",
                    "credit",
                    "fund",
                    "prepaid",
                    "payment",
                    "billing",
                    "caller id",
                    "callerid",
                    "caller-id",
                    "cli ",
                    "not verified",
                    "unverified",
                    "geo perm",
                    "geo-perm",
                    "permission",
                    "permitted",
                    "policy",
                    "blocked",
                    "blacklist",
                    "barred",
                    "limit",
                    "channel",
                    "capacity",
                    "concurrent",
                    "maximum",
                    "suspend",
                    "fraud",
                    "not allowed");

    /// Words in the names of a provider's own headers that tell why.
    private static final List<String> TELLING = List.of("reason", "error", "reject", "cause");

    /// Of each call of the story.
    static List<Refusal> of(Story story) {
        var refusals = new ArrayList<Refusal>(1);
        for (var invite : story.transactions(Methods.INVITE)) {
            if (!invite.isInDialog()) of(invite).ifPresent(refusals::add);
        }
        var saved = story.dialogs().stream().anyMatch(dialog -> dialog.isConfirmed());
        return saved ? List.of() : refusals;
    }

    private static Optional<Refusal> of(Transaction invite) {
        var answer = invite.finalAnswer().filter(one -> one.code() >= 300 && !one.isChallenge());
        var rang = invite.answers().stream().anyMatch(one -> one.code() >= 180 && one.code() < 200);
        if (answer.isEmpty() || rang) return Optional.empty();
        return invite.request().map(request -> new Refusal(invite, answer.get(), request));
    }

    int code() {
        return answer.code();
    }

    /// Code and phrase, such as `404 Not Found`.
    String line() {
        return answer.first().message().start() instanceof StartLine.Response response
                ? (code() + " " + response.reason()).strip()
                : Integer.toString(code());
    }

    /// The user of the Request-URI, with escapes replaced; empty where there is none.
    String user() {
        return DialledNumber.user(request.message());
    }

    /// Whom the Request-URI names, for a sentence.
    String called() {
        return Party.asked(request.message())
                .map(party -> party.user() + (party.host().isEmpty() ? "" : "@" + party.host()))
                .orElse("the called user");
    }

    boolean hasCredentials() {
        return request.message().has(HeaderName.AUTHORIZATION)
                || request.message().has(HeaderName.PROXY_AUTHORIZATION);
    }

    /// The words with which the answer names a policy: of its phrase, Reason, Warning or a header
    /// of the provider's own.
    Optional<String> policy() {
        return texts(answer.first().message())
                .filter(Refusal::namesPolicy)
                .map(text -> text.length() > 100 ? text.substring(0, 100) + "…" : text)
                .findFirst();
    }

    private static boolean namesPolicy(String text) {
        var lower = text.toLowerCase(Locale.ROOT);
        return POLICY.stream().anyMatch(lower::contains);
    }

    private static boolean isTelling(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        return lower.startsWith("x-") && TELLING.stream().anyMatch(lower::contains);
    }

    private static Stream<String> texts(SipMessage message) {
        var phrase =
                message.start() instanceof StartLine.Response response
                        ? response.reason().text()
                        : "";
        var reasons = message.values(Reason.KIND).stream().flatMap(one -> one.text().stream());
        var warnings = message.values(Warning.KIND).stream().map(Warning::text);
        var own =
                message.headers().stream()
                        .filter(header -> header.kind() == HeaderName.OTHER)
                        .filter(header -> isTelling(header.name().text()))
                        .map(header -> header.value().text());
        return Stream.of(Stream.of(phrase), reasons, warnings, own).flatMap(s -> s);
    }
}
