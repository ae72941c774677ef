// SPDX-License-Identifier: Apache-2.0
package referee.rules.auth;

import java.util.List;
import java.util.Locale;
import referee.diagnosis.Transaction;
import referee.sip.SipMessage;
import referee.sip.StartLine;

/// What an answer says about its reason, in words: its phrase, and the headers that servers use for
/// it.
final class Policy {
    private static final List<String> HEADERS =
            List.of("Warning", "Reason", "Error-Info", "X-Reason");

    private static final List<String> POLICY =
            List.of(
                    "balance",
                    "credit",
                    "fund",
                    "billing",
                    "caller id",
                    "caller-id",
                    "callerid",
                    "cli ",
                    "from number",
                    "caller number",
                    "calling number",
                    "not owned",
                    "geo",
                    "destination",
                    "country",
                    "international",
                    "limit",
                    "channel",
                    "capacity",
                    "concurrent",
                    "suspended",
                    "barred",
                    "blacklist",
                    "route",
                    "not permitted to call",
                    "screening");

    private static final List<String> SOURCE =
            List.of(
                    "ip address",
                    "source ip",
                    "ip not",
                    "not in acl",
                    " acl ",
                    "whitelist",
                    "allowlist",
                    "white list",
                    "source address",
                    "unknown peer",
                    "unknown host",
                    "unknown trunk",
                    "no trunk",
                    "trunk not",
                    "not authorized ip",
                    "invalid ip",
                    "ip auth",
                    "untrusted",
                    "domain not",
                    "unknown domain");

    private Policy() {}

    /// Whether the answer names a policy that has nothing to do with who is asking.
    static boolean isNamed(Transaction transaction) {
        return says(transaction, POLICY) || says(transaction, SOURCE);
    }

    /// Whether the answer says that the address it was asked from is the reason.
    static boolean isAboutSource(Transaction transaction) {
        return says(transaction, SOURCE);
    }

    /// Whether it names another policy.
    static boolean isAboutOther(Transaction transaction) {
        return says(transaction, POLICY) && !says(transaction, SOURCE);
    }

    private static boolean says(Transaction transaction, List<String> words) {
        return transaction
                .finalAnswer()
                .map(answer -> text(answer.first().message()))
                .filter(text -> words.stream().anyMatch(text::contains))
                .isPresent();
    }

    private static String text(SipMessage message) {
        var text = new StringBuilder();
        if (message.start() instanceof StartLine.Response response)
            text.append(response.reason().text());
        for (var name : HEADERS)
            message.raw(name).ifPresent(value -> text.append(' ').append(value.text()));
        for (var i = 0; i < message.headerCount(); i++) {
            var name = message.name(i).text().toLowerCase(Locale.ROOT);
            if (name.startsWith("x-") && (name.contains("error") || name.contains("reason")))
                text.append(' ').append(message.value(i).text());
        }
        return " " + text.toString().toLowerCase(Locale.ROOT) + " ";
    }
}
