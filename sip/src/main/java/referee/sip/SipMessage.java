// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One SIP message as it was on the wire (RFC 3261 §7): its bytes, and where its parts lie in them.
///
/// Nothing is decoded before someone asks and nothing is ever repaired, so what a finding quotes is
/// what was sent. Made by [SipParser]; immutable as long as nobody writes to the bytes.
public final class SipMessage implements Parsed {
    /// One header line.
    ///
    /// @param kind the known name, or [HeaderName#OTHER]
    /// @param name as written, without the white space before the colon
    /// @param value as written, without surrounding white space; folded lines still hold their CRLF
    public record Header(HeaderName kind, Slice name, Slice value) {}

    private final Slice whole;
    private final StartLine start;
    private final HeaderTable headers;
    private final Slice body;
    private final List<Flaw> flaws;

    SipMessage(Slice whole, StartLine start, HeaderTable headers, Slice body, List<Flaw> flaws) {
        this.whole = whole;
        this.start = start;
        this.headers = headers;
        this.body = body;
        this.flaws = List.copyOf(flaws);
    }

    /// The same message with one flaw more.
    SipMessage with(Flaw flaw) {
        var more = new ArrayList<>(flaws);
        more.add(flaw);
        return new SipMessage(whole, start, headers, body, more);
    }

    /// The whole message, start line to the end of the body: parse and write is the identity.
    public Slice bytes() {
        return whole;
    }

    public StartLine start() {
        return start;
    }

    public boolean isRequest() {
        return start instanceof StartLine.Request;
    }

    /// The request's method; of a response the method of its CSeq, empty where that is unreadable.
    public String method() {
        return switch (start) {
            case StartLine.Request request -> request.method();
            case StartLine.Response _ -> first(CSeq.KIND).optional().map(CSeq::method).orElse("");
        };
    }

    /// The status code, or 0 for a request.
    public int code() {
        return start instanceof StartLine.Response response ? response.code() : 0;
    }

    /// What follows the empty line, at most as long as Content-Length says; may be shorter than it
    /// promises.
    public Slice body() {
        return body;
    }

    /// What the parser noticed about the message's form, in wire order; see [Inspection] for what
    /// its headers hold.
    public List<Flaw> flaws() {
        return flaws;
    }

    /// How many header lines there are; duplicates count.
    public int headerCount() {
        return headers.count();
    }

    public HeaderName kind(int index) {
        return headers.kind(index);
    }

    public Slice name(int index) {
        return headers.name(whole, index);
    }

    public Slice value(int index) {
        return headers.value(whole, index);
    }

    /// The index of the first line with this name, or -1. Costs one scan of a byte a header.
    public int indexOf(HeaderName name) {
        return headers.indexOf(name, 0);
    }

    /// The index of the next line with this name at or after start, or -1.
    public int indexOf(HeaderName name, int start) {
        return headers.indexOf(name, start);
    }

    public boolean has(HeaderName name) {
        return indexOf(name) >= 0;
    }

    /// The first line's value with this name, unread.
    public Optional<Slice> raw(HeaderName name) {
        var index = indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(value(index));
    }

    /// The first value of a header that nothing here knows by name; case apart.
    public Optional<Slice> raw(String name) {
        for (var i = 0; i < headerCount(); i++) {
            if (name(i).isIgnoreCase(name)) return Optional.of(value(i));
        }
        return Optional.empty();
    }

    /// All header lines, in wire order.
    public List<Header> headers() {
        var all = new ArrayList<Header>(headerCount());
        for (var i = 0; i < headerCount(); i++) all.add(new Header(kind(i), name(i), value(i)));
        return all;
    }

    /// Reads the first value of this header; of a list kind, the first part of its first line.
    public <T> Field<T> first(HeaderKind<T> kind) {
        var index = indexOf(kind.name());
        if (index < 0) return new Field.Absent<>();
        var line = value(index);
        return kind.read().apply(kind.list() ? Commas.first(line) : line);
    }

    /// Reads every value of this header, line by line and, for a list kind, part by part.
    public <T> List<Field<T>> all(HeaderKind<T> kind) {
        var found = new ArrayList<Field<T>>();
        for (var i = indexOf(kind.name()); i >= 0; i = indexOf(kind.name(), i + 1)) {
            if (kind.list()) {
                for (var part : Commas.split(value(i))) found.add(kind.read().apply(part));
            } else {
                found.add(kind.read().apply(value(i)));
            }
        }
        return found;
    }

    /// The readable values of this header, in wire order.
    public <T> List<T> values(HeaderKind<T> kind) {
        return all(kind).stream().flatMap(field -> field.optional().stream()).toList();
    }

    /// The start line without its line end; headers may hold secrets, so they are not part of this
    /// text.
    @Override
    public String toString() {
        return start.line().text();
    }
}
