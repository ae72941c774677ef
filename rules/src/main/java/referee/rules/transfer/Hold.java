// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import java.time.Instant;
import java.util.Set;
import java.util.stream.Stream;
import referee.diagnosis.Dialog;
import referee.sip.Methods;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// Whether a side has put the other on hold (RFC 3264 §8.4; RFC 2543 used the address 0.0.0.0).
final class Hold {
    private static final Set<String> HELD = Set.of("a=sendonly", "a=inactive", "c=IN IP4 0.0.0.0");

    private Hold() {}

    /// By the last session description that the owner of this tag sent before that instant.
    static boolean isHeldBy(Slice tag, Dialog dialog, Instant before) {
        return Stream.concat(dialog.invite().stream(), dialog.requests().stream())
                .filter(request -> request.is(Methods.INVITE) || request.is(Methods.UPDATE))
                .filter(request -> Dialog.isFrom(tag, request) && request.first().isBefore(before))
                .flatMap(request -> request.message().stream())
                .filter(message -> !message.body().isEmpty())
                .reduce((_, later) -> later)
                .map(Hold::holds)
                .orElse(false);
    }

    private static boolean holds(SipMessage message) {
        return message.body().text().lines().map(String::strip).anyMatch(HELD::contains);
    }
}
