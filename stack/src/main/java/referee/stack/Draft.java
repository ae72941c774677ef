// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import referee.sip.HeaderName;
import referee.sip.MessageBuilder;
import referee.sip.NotSip;
import referee.sip.SipMessage;
import referee.sip.SipParser;
import referee.sip.Slice;
import referee.sip.StartLine;

/// A message being made: a start line, header lines in order, a body. What is given is written as
/// it is; Content-Length is added at the end unless it stands there already.
///
/// @param first the method of a request, empty for a response
/// @param rest the Request-URI, or code and reason
public record Draft(String first, String rest, List<Line> lines, Slice body) {
    public Draft {
        lines = List.copyOf(lines);
    }

    public static Draft request(String method, String uri) {
        return new Draft(method, uri, List.of(), Slice.EMPTY);
    }

    public static Draft response(int code, String reason) {
        return new Draft("", code + " " + reason, List.of(), Slice.EMPTY);
    }

    /// The same message, to be changed: its Content-Length is written anew.
    public static Draft of(SipMessage message) {
        var draft =
                switch (message.start()) {
                    case StartLine.Request start -> request(start.method(), start.uri().text());
                    case StartLine.Response start -> response(start.code(), start.reason().text());
                };
        for (var header : message.headers()) {
            if (header.kind() != HeaderName.CONTENT_LENGTH)
                draft = draft.with(header.name().text(), header.value().text());
        }
        return draft.body(message.body());
    }

    public String method() {
        return first;
    }

    /// The Request-URI to the byte.
    public String uri() {
        return rest;
    }

    public Draft uri(String other) {
        return new Draft(first, other, lines, body);
    }

    public Draft with(String name, Object value) {
        return at(lines.size(), name, value);
    }

    /// On top of all other lines.
    public Draft onTop(String name, Object value) {
        return at(0, name, value);
    }

    /// Instead of every line of this name; at the end if there is none.
    public Draft set(String name, Object value) {
        return without(name).at(indexOf(name), name, value);
    }

    public Draft without(String name) {
        return new Draft(first, rest, lines.stream().filter(line -> !line.is(name)).toList(), body);
    }

    /// Every line of this name with another value.
    public Draft map(String name, UnaryOperator<String> how) {
        var mapped =
                lines.stream()
                        .map(line ->
                                line.is(name)
                                        ? new Line(line.name(), how.apply(line.value()))
                                        : line)
                        .toList();
        return new Draft(first, rest, mapped, body);
    }

    /// Without the first line of this name.
    public Draft withoutFirst(String name) {
        var left = new ArrayList<>(lines);
        var index = indexOf(name);
        if (index < left.size()) left.remove(index);
        return new Draft(first, rest, left, body);
    }

    /// These lines too, but none whose name stands here already.
    public Draft fill(List<Line> more) {
        return with(more.stream().filter(line -> !has(line.name())).toList());
    }

    public Draft with(List<Line> more) {
        var all = new ArrayList<>(lines);
        all.addAll(more);
        return new Draft(first, rest, all, body);
    }

    public Draft body(Slice octets) {
        return new Draft(first, rest, lines, octets);
    }

    public Draft body(String type, Slice octets) {
        return body(octets).set("Content-Type", type);
    }

    public boolean has(String name) {
        return value(name).isPresent();
    }

    /// The first line of this name.
    public Optional<String> value(String name) {
        return lines.stream().filter(line -> line.is(name)).map(Line::value).findFirst();
    }

    public byte[] bytes() {
        var builder =
                first.isEmpty()
                        ? MessageBuilder.response(
                                Integer.parseInt(rest.substring(0, 3)), rest.substring(4))
                        : MessageBuilder.request(first, rest);
        for (var line : lines) builder.header(line.name(), line.value());
        if (!has("Content-Length")) builder.header("Content-Length", body.length());
        return builder.body(body.copy()).bytes();
    }

    /// The same as whoever receives it reads it.
    ///
    /// @throws IllegalStateException if it is none, such as for a method with a space
    public SipMessage message() {
        var bytes = bytes();
        return switch (SipParser.parse(bytes, 0, bytes.length)) {
            case SipMessage message -> message;
            case NotSip _ -> throw new IllegalStateException("not SIP: " + first + " " + rest);
        };
    }

    private int indexOf(String name) {
        for (var i = 0; i < lines.size(); i++) {
            if (lines.get(i).is(name)) return i;
        }
        return lines.size();
    }

    private Draft at(int index, String name, Object value) {
        var all = new ArrayList<>(lines);
        all.add(Math.min(index, all.size()), new Line(name, String.valueOf(value)));
        return new Draft(first, rest, all, body);
    }
}
