// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Set;
import referee.evidence.Actors.Actor;

/// The bodies that a trace's messages carry unless it says otherwise.
final class Bodies {
    private static final Set<String> DIRECTIONS =
            Set.of("sendrecv", "sendonly", "recvonly", "inactive");

    private Bodies() {}

    /// One audio line of this actor, as offer or answer.
    ///
    /// @param direction `sendonly` and its like; empty to say none; `none` for no body at all
    static void sdp(Draft draft, Actor actor, String direction) throws TraceError {
        if (direction.equals("none")) {
            draft.remove("Content-Type");
            draft.body(new byte[0]);
            return;
        }
        if (!direction.isEmpty() && !DIRECTIONS.contains(direction))
            throw new TraceError(
                    "sdp= takes none, sendrecv, sendonly, recvonly or inactive, and found '"
                            + direction
                            + "'");
        var host = actor.writes().host();
        var where = (host.indexOf(':') >= 0 ? "IN IP6 " : "IN IP4 ") + host;
        var text =
                "v=0\r\no=%s 1 1 %s\r\ns=-\r\nc=%s\r\nt=0 0\r\nm=audio 49170 RTP/AVP 0 8\r\n"
                        .formatted(actor.name(), where, where);
        draft.set("Content-Type", "application/sdp");
        draft.body((direction.isEmpty() ? text : text + "a=" + direction + "\r\n").getBytes(UTF_8));
    }

    /// A status line as NOTIFY carries it for refer (RFC 3515 §2.4.5); a final one ends the
    /// subscription.
    static void sipfrag(Draft draft, String code) throws TraceError {
        if (code.length() != 3 || !TraceGrammar.isNumber(code)) {
            throw new TraceError("sipfrag= takes a status code, and found '" + code + "'");
        }
        var status = Integer.parseInt(code);
        draft.set("Content-Type", "message/sipfrag;version=2.0");
        draft.body(("SIP/2.0 " + status + " " + Phrases.of(status) + "\r\n").getBytes(UTF_8));
        if (draft.isRequest() && draft.method().equals("NOTIFY") && status >= 200) {
            draft.set("Subscription-State", "terminated;reason=noresource");
        }
    }
}
