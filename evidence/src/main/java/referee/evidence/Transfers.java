// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.Map;
import referee.evidence.Actors.Actor;

/// Refer-To and Replaces of a trace, for calls whose identifiers nobody wants to write by hand (RFC
/// 3515 §2.1, RFC 3891 §6.1).
final class Transfers {
    private Transfers() {}

    static void apply(
            Draft draft, TraceLine.Message line, Call call, Map<String, Call> calls, Actors actors)
            throws TraceError {
        var replaced = line.option("replaces");
        if (line.option("refer-to").isPresent()) {
            var target = actors.of(line.option("refer-to").get());
            var uri = NameTag.uri(target.contact());
            var header =
                    replaced.isPresent()
                            ? "?Replaces=" + escaped(replaces(replaced.get(), target, calls))
                            : "";
            draft.replace("Refer-To", "<" + uri + header + ">");
        } else if (replaced.isPresent() && !line.is("relayed")) {
            var target = actors.of(line.option("for").orElse(line.to()));
            draft.add("Replaces", replaces(replaced.get(), target, calls));
        }
    }

    /// As the end that is to give up its dialog needs it: `to-tag` is its own.
    private static String replaces(String name, Actor target, Map<String, Call> calls)
            throws TraceError {
        var call = calls.get(name);
        var dialogue = call == null ? java.util.Optional.<Dialogue>empty() : call.dialogue(target);
        if (call == null || dialogue.isEmpty())
            throw new TraceError(
                    "nothing to replace: %s has no dialog in call '%s'"
                            .formatted(target.name(), name));
        var tag = call.tag(target);
        return "%s;to-tag=%s;from-tag=%s"
                .formatted(call.callId(), tag, dialogue.get().remoteTag(tag));
    }

    private static String escaped(String value) {
        return URLEncoder.encode(value, UTF_8).replace("+", "%20");
    }
}
