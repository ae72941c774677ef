// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Written.isResponse;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import referee.sip.Credentials;
import referee.sip.SipMessage;
import referee.stack.Output;

/// Takes every nonce for one registration, and asks anew for the next.
final class OncePerNonce implements Mischief {
    private static final int MOST_NONCES = 10_000;

    private final boolean stale;
    private final boolean announced;
    private final Set<String> used = new LinkedHashSet<>();

    /// @param stale whether it says `stale=true` when it asks anew (RFC 7616 §3.3)
    /// @param announced whether its 200 names the nonce to use next (RFC 7616 §3.5)
    OncePerNonce(boolean stale, boolean announced) {
        this.stale = stale;
        this.announced = announced;
    }

    @Override
    public boolean atTheGate(Turn turn, Practice practice) {
        if (!turn.method().equals("REGISTER")) return false;
        var credentials = Credentials.all(turn.request());
        if (credentials.isEmpty()) return false;
        if (used.size() >= MOST_NONCES) used.clear();
        if (used.add(credentials.getFirst().nonce().orElse(""))) return false;
        turn.reply(practice.gate().challenge(turn.at(), stale));
        return true;
    }

    @Override
    public boolean changes(SipMessage message) {
        return announced && isResponse(message, "REGISTER", 200);
    }

    @Override
    public List<Output.Send> leaving(Leaving what) {
        var nonce = what.practice().gate().nonce(what.at());
        return what.as(what.draft().set("Authentication-Info", "nextnonce=\"" + nonce + "\""));
    }
}
