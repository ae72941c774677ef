// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import referee.evidence.Account;
import referee.evidence.Endpoint;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.sip.ContentType;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.StartLine;

/// Passes evidence on with numbers, names, addresses and digests replaced, the same ones by the
/// same ones, so that all that is made of it is safe to send: reports, captures and traces.
///
/// What the messages do stays as it was: the same evidence, redacted, gives the same findings in
/// the same frames, but for checks of digests, which no longer add up. Bodies other than SDP and
/// sipfrag are blotted out.
public final class Redaction implements Witness {
    private final Pseudonyms names;
    private final RedactedText text;
    private final Witness next;

    public Redaction(Witness next) {
        this.names = new Pseudonyms();
        this.text = new RedactedText(names);
        this.next = next;
    }

    /// What stands for this Call-ID.
    public String callId(String callId) {
        return names.callId(callId);
    }

    @Override
    public void saw(Sighting sighting) {
        if (SipParser.parse(Slice.of(bytes(sighting.message()))) instanceof SipMessage message)
            next.saw(
                    new Sighting(
                            sighting.number(),
                            sighting.at(),
                            endpoint(sighting.from()),
                            endpoint(sighting.to()),
                            sighting.transport(),
                            message,
                            sighting.exact(),
                            sighting.source()));
    }

    @Override
    public void missed(Gap gap) {
        next.missed(gap(gap));
    }

    @Override
    public void unreachable(Unreachable error) {
        next.unreachable(
                new Unreachable(
                        error.frame(),
                        error.at(),
                        endpoint(error.by()),
                        endpoint(error.from()),
                        endpoint(error.to()),
                        error.reason(),
                        error.source()));
    }

    public Gap gap(Gap gap) {
        return new Gap(
                gap.kind(),
                gap.frame(),
                gap.at(),
                gap.between().map(path -> new Gap.Path(endpoint(path.from()), endpoint(path.to()))),
                text.text(gap.says()));
    }

    /// The account with what it calls its addresses replaced; the name of the source stays.
    public Account account(Account account) {
        Map<Endpoint, String> called =
                account.names().entrySet().stream()
                        .collect(
                                Collectors.toMap(
                                        one -> endpoint(one.getKey()),
                                        one -> names.user(one.getValue()),
                                        (one, _) -> one,
                                        LinkedHashMap::new));
        return new Account(
                account.name(),
                account.kind(),
                account.frames(),
                account.messages(),
                account.from(),
                account.to(),
                account.gaps(),
                called,
                account.notes().stream().map(text::text).toList());
    }

    private Endpoint endpoint(Endpoint at) {
        return new Endpoint(names.host(at.host()), at.port());
    }

    private byte[] bytes(SipMessage message) {
        var body = body(message);
        var out = new ByteArrayOutputStream(message.bytes().length() + 64);
        var whole = message.bytes();
        var from = whole.from();
        if (message.start() instanceof StartLine.Request request) {
            from = copy(whole, from, request.uri(), text.uri(latin(request.uri())), out);
        } else if (message.start() instanceof StartLine.Response response) {
            from = copy(whole, from, response.reason(), text.text(latin(response.reason())), out);
        }
        var longer = body.length - message.body().length();
        for (var i = 0; i < message.headerCount(); i++)
            from = copy(whole, from, message.value(i), value(message, i, longer), out);
        out.write(whole.bytes(), from, message.body().from() - from);
        out.writeBytes(body);
        out.writeBytes("x".repeat(whole.to() - message.body().to()).getBytes(ISO_8859_1));
        return out.toByteArray();
    }

    private String value(SipMessage message, int index, int longer) {
        var kind = message.kind(index);
        var value = message.value(index);
        if (kind == HeaderName.CONTENT_LENGTH && value.number() >= 0)
            return String.valueOf(Math.max(0, value.number() + longer));
        return text.header(kind, latin(message.name(index)), latin(value));
    }

    /// @return where to go on
    private static int copy(
            Slice whole, int from, Slice part, String instead, ByteArrayOutputStream out) {
        out.write(whole.bytes(), from, part.from() - from);
        out.writeBytes(instead.getBytes(ISO_8859_1));
        return part.to();
    }

    private byte[] body(SipMessage message) {
        var body = latin(message.body());
        var type = message.first(ContentType.KIND).optional();
        var isSdp = type.filter(one -> one.is("application/sdp")).isPresent();
        var isFrag = type.filter(one -> one.is("message/sipfrag")).isPresent();
        if (isSdp || type.isEmpty() && body.startsWith("v=0")) return lines(body, text::sdp);
        if (isFrag || type.isEmpty() && body.startsWith("SIP/2.0 "))
            return lines(body, this::fragment);
        return "x".repeat(body.length()).getBytes(ISO_8859_1);
    }

    private String fragment(String line) {
        if (line.startsWith("SIP/2.0 ")) return line;
        var colon = line.indexOf(':');
        if (colon < 0 || line.substring(0, colon).indexOf(' ') >= 0) return text.text(line);
        var name = line.substring(0, colon);
        var value = line.substring(colon + 1).strip();
        return name + ": " + text.header(HeaderName.named(name), name, value);
    }

    /// Changes each line; line ends stay as they are.
    private static byte[] lines(String body, java.util.function.UnaryOperator<String> change) {
        var out = new StringBuilder(body.length());
        var from = 0;
        while (from < body.length()) {
            var end = from;
            while (end < body.length() && body.charAt(end) != '\r' && body.charAt(end) != '\n')
                end++;
            out.append(end > from ? change.apply(body.substring(from, end)) : "");
            while (end < body.length() && (body.charAt(end) == '\r' || body.charAt(end) == '\n'))
                out.append(body.charAt(end++));
            from = end;
        }
        return out.toString().getBytes(ISO_8859_1);
    }

    private static String latin(Slice slice) {
        return new String(slice.bytes(), slice.from(), slice.length(), ISO_8859_1);
    }
}
