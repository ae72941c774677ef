// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Role.TRANSFEREE;

import java.util.List;
import referee.diagnosis.Finding;
import referee.diagnosis.Notify;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.diagnosis.Transfer;
import referee.sip.HeaderName;
import referee.sip.SipMessage;

/// A NOTIFY of the refer package without a status line in a message/sipfrag body (RFC 3515 §2.4.5).
public final class NotifySipfragMissing implements Rule.OnTransfer {
    @Override
    public String id() {
        return "notify-sipfrag-missing";
    }

    @Override
    public Severity severity() {
        return Severity.MEDIUM;
    }

    @Override
    public List<Finding> check(Transfer transfer, Story story) {
        var bare =
                transfer.notifies().stream()
                        .filter(notify ->
                                notify.event().filter(event -> event.isRefer()).isPresent())
                        .filter(notify -> notify.sipfrag().isEmpty() && isWhole(notify))
                        .filter(notify ->
                                !(notify.isTerminated() && transfer.isUnsubscribed(story)))
                        .toList();
        if (bare.isEmpty()) return List.of();

        var message = bare.getFirst().transaction().message().orElseThrow();
        var draft =
                transfer.finding(this, story, says(message))
                        .blames(TRANSFEREE, transfer.transferee());
        for (var notify : bare) draft.proof(notify.transaction().request().stream().toList());
        return draft.list();
    }

    private static String says(SipMessage message) {
        if (message.body().isEmpty()) return "NOTIFY for refer has no body";
        var type = message.raw(HeaderName.CONTENT_TYPE).map(Object::toString).orElse("none");
        return type.toLowerCase(java.util.Locale.ROOT).startsWith("message/sipfrag")
                ? "NOTIFY for refer has a body that does not begin with a status line"
                : "NOTIFY for refer has a body of type %s instead of message/sipfrag"
                        .formatted(type);
    }

    /// Whether its body was captured to the end.
    private static boolean isWhole(Notify notify) {
        return notify.transaction()
                .message()
                .map(message ->
                        message.flaws().stream()
                                .noneMatch(flaw ->
                                        flaw.code().equals("body-shorter-than-content-length")))
                .orElse(false);
    }
}
