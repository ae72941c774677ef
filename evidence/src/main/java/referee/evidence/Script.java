// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import referee.evidence.Actors.Actor;

/// The calls of a trace, and how each of its lines becomes a message.
final class Script {
    /// A message that was said, so that later lines can refer to it.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Said(String label, Actor from, Actor to, Draft draft, byte[] bytes) {}

    private final Map<String, Call> calls = new LinkedHashMap<>();
    private final Map<String, List<Said>> said = new HashMap<>();
    private final Counters counters = new Counters();

    /// The whole message, start line to body.
    byte[] complete(TraceLine.Message line, Actor from, Actor to, Actors actors) throws TraceError {
        if (line.is("verbatim")) return verbatim(line.details());
        var call = calls.computeIfAbsent(line.call(), name -> new Call(name, from));
        var earlier = said.computeIfAbsent(line.call(), _ -> new ArrayList<>());
        if (line.is("again")) {
            var last = last(earlier, line, from, to);
            earlier.add(last);
            return last.bytes();
        }
        var draft = draft(line, from, to, call, earlier);
        finish(draft, line, from, call);
        var bytes = draft.bytes();
        earlier.add(new Said(line.label(), from, to, draft, bytes));
        call.heard(draft, from, to, line.method());
        return bytes;
    }

    private Draft draft(TraceLine.Message line, Actor from, Actor to, Call call, List<Said> earlier)
            throws TraceError {
        if (line.is("relayed")) return Relay.draft(line, from, to, earlier, counters);
        return line.code() == 0
                ? new Requests(call, earlier, counters).draft(line, from, to)
                : new Responses(call, earlier, counters).draft(line, from, to);
    }

    /// Applies the options and the indented lines.
    private void finish(Draft draft, TraceLine.Message line, Actor from, Call call)
            throws TraceError {
        if (line.option("sipfrag").isPresent()) Bodies.sipfrag(draft, line.option("sipfrag").get());
        var replaced = new HashSet<String>();
        var body = new StringBuilder();
        var hasBody = false;
        for (var detail : line.details()) {
            if (detail.startsWith("|")) {
                body.append(
                        detail.length() > 1 && detail.charAt(1) == ' '
                                ? detail.substring(2)
                                : detail.substring(1));
                body.append("\r\n");
                hasBody = true;
            } else {
                header(draft, detail, replaced, from, call);
            }
        }
        if (hasBody) draft.body(body.toString().getBytes(UTF_8));
    }

    private void header(
            Draft draft, String detail, java.util.Set<String> replaced, Actor from, Call call)
            throws TraceError {
        if (detail.startsWith("-")) {
            var name = detail.substring(1).strip();
            draft.remove(name);
            if (Draft.same(name, "Content-Length")) draft.leaveLengthAlone();
            return;
        }
        var extra = detail.startsWith("+");
        var colon = detail.indexOf(':');
        if (colon < 1)
            throw new TraceError(
                    "expected 'Header: value', '-Header' or '| body', and found '" + detail + "'");
        var name = detail.substring(extra ? 1 : 0, colon).strip();
        var value = detail.substring(colon + 1).strip();
        if (Draft.same(name, "Content-Length")) draft.leaveLengthAlone();
        var isCredentials =
                name.equalsIgnoreCase("Authorization")
                        || name.equalsIgnoreCase("Proxy-Authorization");
        if (isCredentials && (value.equals("auto") || value.startsWith("auto "))) {
            value = Auto.credentials(value, draft, from, call, counters);
        }
        if (!extra && replaced.add(name.toLowerCase(java.util.Locale.ROOT))) draft.remove(name);
        draft.add(name, value);
    }

    private static Said last(List<Said> earlier, TraceLine.Message line, Actor from, Actor to)
            throws TraceError {
        for (var i = earlier.size() - 1; i >= 0; i--) {
            var one = earlier.get(i);
            if (one.label().equals(line.label())
                    && one.from().equals(from)
                    && one.to().equals(to)) {
                return one;
            }
        }
        throw new TraceError(
                "nothing to send again: no %s from %s to %s before"
                        .formatted(line.label(), line.from(), line.to()));
    }

    /// @throws TraceError if a line is no line of a message, or an escape is unknown
    private static byte[] verbatim(List<String> details) throws TraceError {
        var out = new ByteArrayOutputStream();
        for (var detail : details) {
            if (!detail.startsWith("|"))
                throw new TraceError("expected '|' before each line of a verbatim message");
            var text =
                    detail.length() > 1 && detail.charAt(1) == ' '
                            ? detail.substring(2)
                            : detail.substring(1);
            Verbatim.read(text, out);
        }
        return out.toByteArray();
    }
}
