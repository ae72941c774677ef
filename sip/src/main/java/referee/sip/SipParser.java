// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Finds the parts of a message in one pass over its bytes (RFC 3261 §7).
///
/// Total: whatever the bytes are, the answer is a message or [NotSip], never an exception. Lines
/// may end in CRLF or in a bare LF; folded lines belong to the header before them. The bytes are
/// kept, not copied.
public final class SipParser {
    /// Header lines beyond this many are left unread, and a flaw says so.
    public static final int MAX_HEADERS = 1024;

    private static final int MAX_METHOD = 64;
    private static final int MAX_FLAWS = 100;
    private static final NotSip EMPTY = new NotSip("nothing but white space");
    private static final NotSip NO_METHOD =
            new NotSip("it starts with no method and no SIP version");
    private static final NotSip NO_VERSION = new NotSip("no SIP version in the first line");
    private static final NotSip NO_CODE = new NotSip("no status code after the SIP version");

    private final byte[] bytes;
    private final int end;
    private final HeaderTable headers = new HeaderTable();
    private @Nullable List<Flaw> flaws;
    private NotSip refusal = EMPTY;
    private boolean bareLf;
    private int at;

    private SipParser(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /// Reads one datagram, or one message that [StreamFramer] cut out of a stream.
    public static Parsed parse(Slice message) {
        return parse(message.bytes(), message.from(), message.to());
    }

    /// @param bytes kept by the message that comes back; must not be written to afterwards
    /// @param from first byte of the message, inclusive
    /// @param to end of the message, exclusive
    public static Parsed parse(byte[] bytes, int from, int to) {
        return new SipParser(bytes, from, to).message(from);
    }

    /// Whether these bytes could be the beginning of a message: a cheap look that lets media and
    /// noise go.
    public static boolean looksLikeSip(byte[] bytes, int from, int to) {
        var start = skipLineEnds(bytes, from, to);
        if (isVersion(bytes, start, to)) return true;
        var method = endOfToken(bytes, start, Math.min(to, start + MAX_METHOD));
        return method > start && method < to && isBlank(bytes[method]);
    }

    private Parsed message(int from) {
        at = skipLineEnds(bytes, from, end);
        if (at == end) return EMPTY;
        var lineFrom = at;
        var lineTo = lineEnd();
        var start =
                isVersion(bytes, lineFrom, lineTo)
                        ? response(lineFrom, lineTo)
                        : request(lineFrom, lineTo);
        if (start == null) return refusal;
        readHeaders();
        var body = body();
        var noticed = flaws == null ? List.<Flaw>of() : flaws;
        return new SipMessage(new Slice(bytes, from, end), start, headers, body, noticed);
    }

    private @Nullable StartLine request(int from, int to) {
        var methodTo = endOfToken(bytes, from, Math.min(to, from + MAX_METHOD));
        if (methodTo == from || methodTo == to || !isBlank(bytes[methodTo]))
            return refuse(NO_METHOD);
        var lastTo = trimEnd(from, to);
        var versionFrom = lastTo;
        while (versionFrom > methodTo && !isBlank(bytes[versionFrom - 1])) versionFrom--;
        if (!isVersion(bytes, versionFrom, lastTo)) return refuse(NO_VERSION);
        if (lastTo < to) flaw("start-line-trailing-space", lastTo, to, "RFC 3261 §7.1");
        var uri = new Slice(bytes, methodTo, Math.max(methodTo, versionFrom)).trim();
        if (uri.isEmpty()) return refuse(NO_VERSION);
        if (uri.from() > methodTo + 1 || uri.to() < versionFrom - 1) {
            flaw("start-line-extra-space", methodTo, versionFrom, "RFC 3261 §7.1");
        }
        return new StartLine.Request(
                new Slice(bytes, from, to),
                Methods.read(new Slice(bytes, from, methodTo)),
                uri,
                new Slice(bytes, versionFrom, lastTo));
    }

    private @Nullable StartLine response(int from, int to) {
        var versionTo = from;
        while (versionTo < to && !isBlank(bytes[versionTo])) versionTo++;
        var codeFrom = versionTo;
        while (codeFrom < to && isBlank(bytes[codeFrom])) codeFrom++;
        var codeTo = codeFrom;
        while (codeTo < to && isDigit(bytes[codeTo])) codeTo++;
        if (codeTo == codeFrom || codeTo - codeFrom > 10) return refuse(NO_CODE);
        var code = new Slice(bytes, codeFrom, codeTo).number();
        if (code > 999_999_999) code = 999_999_999;
        if (codeTo - codeFrom != 3 || code < 100 || code > 699) {
            flaw("status-code-out-of-range", codeFrom, codeTo, "RFC 3261 §7.2");
        }
        if (codeFrom - versionTo > 1) {
            flaw("start-line-extra-space", versionTo, codeFrom, "RFC 3261 §7.2");
        }
        if (codeTo == to) flaw("status-line-no-space-after-code", codeTo, to, "RFC 3261 §7.2");
        var reasonFrom = codeTo < to && isBlank(bytes[codeTo]) ? codeTo + 1 : codeTo;
        return new StartLine.Response(
                new Slice(bytes, from, to),
                (int) code,
                new Slice(bytes, reasonFrom, to),
                new Slice(bytes, from, versionTo));
    }

    private @Nullable StartLine refuse(NotSip why) {
        refusal = why;
        return null;
    }

    private void readHeaders() {
        while (at < end) {
            var lineFrom = at;
            if (isBlank(bytes[lineFrom])) {
                flaw("continuation-without-header", lineFrom, lineEnd(), "RFC 3261 §7.3.1");
                continue;
            }
            if (bytes[lineFrom] == '\n'
                    || bytes[lineFrom] == '\r'
                            && lineFrom + 1 < end
                            && bytes[lineFrom + 1] == '\n') {
                lineEnd();
                return;
            }
            readHeader(lineFrom);
        }
        flaw("headers-not-ended", end, end, "RFC 3261 §7");
    }

    private void readHeader(int from) {
        var colon = from;
        while (colon < end && bytes[colon] != ':' && bytes[colon] != '\n') colon++;
        if (colon == end || bytes[colon] == '\n') {
            flaw("header-without-colon", from, lineEnd(), "RFC 3261 §7.3");
            return;
        }
        at = colon + 1;
        var valueTo = lineEnd();
        while (at < end && isBlank(bytes[at])) valueTo = lineEnd();
        if (headers.count() == MAX_HEADERS) {
            flaw("too-many-headers", from, valueTo, "RFC 3261 §7.3");
            return;
        }
        var nameTo = trimEnd(from, colon);
        if (nameTo == from) {
            flaw("header-name-empty", from, colon, "RFC 3261 §7.3");
        } else if (endOfToken(bytes, from, nameTo) < nameTo) {
            flaw("header-name-not-token", from, nameTo, "RFC 3261 §7.3");
        }
        var value = trimmed(colon + 1, valueTo);
        headers.add(
                HeaderName.of(bytes, from, nameTo),
                from,
                nameTo,
                (int) (value >>> 32),
                (int) value);
    }

    /// The body, as long as Content-Length allows; what it promises and what is there are compared.
    private Slice body() {
        var index = headers.indexOf(HeaderName.CONTENT_LENGTH, 0);
        if (index < 0) return new Slice(bytes, at, end);
        var value = headers.value(new Slice(bytes, 0, end), index);
        if (lengthIsAmbiguous(value, index)) return new Slice(bytes, at, end);
        var promised = promised(value);
        if (promised < 0) return new Slice(bytes, at, end);
        if (promised > end - at) {
            flaw("body-shorter-than-content-length", at, end, "RFC 3261 §18.3");
            return new Slice(bytes, at, end);
        }
        var bodyTo = at + (int) promised;
        if (bodyTo < end) flaw("octets-after-body", bodyTo, end, "RFC 3261 §18.3");
        return new Slice(bytes, at, bodyTo);
    }

    /// @return -1, and a flaw, where it is no number
    private long promised(Slice value) {
        var plain = value.number();
        if (plain >= 0) return plain;
        return switch (ContentLength.read(value)) {
            case Field.Present<ContentLength>(var length) -> length.octets();
            case Field.Absent<ContentLength> _ -> -1;
            case Field.Broken<ContentLength>(var flaw) -> {
                flaw(flaw.code(), value.from(), value.to(), flaw.source());
                yield -1;
            }
        };
    }

    /// Whether there is a second Content-Length; one that says the same does no harm to the body.
    private boolean lengthIsAmbiguous(Slice first, int index) {
        var again = headers.indexOf(HeaderName.CONTENT_LENGTH, index + 1);
        if (again < 0) return false;
        var other = headers.value(new Slice(bytes, 0, end), again);
        flaw("content-length-repeated", other.from(), other.to(), "RFC 3261 §7.3.1");
        return !other.same(first);
    }

    /// Moves behind the next line end and returns where the line's text ends.
    private int lineEnd() {
        var i = at;
        while (i < end && bytes[i] != '\n') i++;
        if (i == end) {
            at = end;
            return end;
        }
        at = i + 1;
        if (i > 0 && bytes[i - 1] == '\r') return i - 1;
        if (!bareLf) {
            bareLf = true;
            flaw("line-ends-in-bare-lf", i, i + 1, "RFC 3261 §7");
        }
        return i;
    }

    private int trimEnd(int from, int to) {
        var i = to;
        while (i > from && isBlank(bytes[i - 1])) i--;
        return i;
    }

    private long trimmed(int from, int to) {
        var start = from;
        var stop = to;
        while (start < stop && Slice.isWhite(bytes[start])) start++;
        while (stop > start && Slice.isWhite(bytes[stop - 1])) stop--;
        return (long) start << 32 | stop;
    }

    private void flaw(String code, int from, int to, String source) {
        if (flaws == null) flaws = new ArrayList<>();
        if (flaws.size() < MAX_FLAWS) flaws.add(new Flaw(code, new Slice(bytes, from, to), source));
    }

    private static int skipLineEnds(byte[] bytes, int from, int to) {
        var i = from;
        while (i < to && (bytes[i] == '\r' || bytes[i] == '\n')) i++;
        return i;
    }

    private static int endOfToken(byte[] bytes, int from, int to) {
        var i = from;
        while (i < to && Chars.isToken(bytes[i])) i++;
        return i;
    }

    private static boolean isVersion(byte[] bytes, int from, int to) {
        return to - from >= 4
                && Slice.lower(bytes[from]) == 's'
                && Slice.lower(bytes[from + 1]) == 'i'
                && Slice.lower(bytes[from + 2]) == 'p'
                && bytes[from + 3] == '/';
    }

    private static boolean isBlank(byte b) {
        return b == ' ' || b == '\t';
    }

    private static boolean isDigit(byte b) {
        return b >= '0' && b <= '9';
    }
}
