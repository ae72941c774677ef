// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import referee.sip.HeaderName;

/// A message of a trace while it is being completed: a start line, headers in order, a body.
final class Draft {
    record Line(String name, String value) {}

    private final int code;
    private final String first;
    private String second;
    private final List<Line> lines = new ArrayList<>();
    private byte[] body = new byte[0];
    private boolean countsLength = true;

    private Draft(int code, String first, String second) {
        this.code = code;
        this.first = first;
        this.second = second;
    }

    static Draft request(String method, String uri) {
        return new Draft(0, method, uri);
    }

    static Draft response(int code, String phrase) {
        return new Draft(code, Integer.toString(code), phrase);
    }

    Draft copy() {
        var copy = new Draft(code, first, second);
        copy.lines.addAll(lines);
        copy.body = body;
        copy.countsLength = countsLength;
        return copy;
    }

    boolean isRequest() {
        return code == 0;
    }

    String method() {
        return first;
    }

    /// The status code, or 0.
    int code() {
        return code;
    }

    String uri() {
        return second;
    }

    void uri(String uri) {
        second = uri;
    }

    void phrase(String phrase) {
        second = phrase;
    }

    int size() {
        return lines.size();
    }

    Line line(int index) {
        return lines.get(index);
    }

    void line(int index, String value) {
        lines.set(index, new Line(lines.get(index).name(), value));
    }

    Draft add(String name, Object value) {
        lines.add(new Line(name, value.toString()));
        return this;
    }

    void addFirst(String name, String value) {
        lines.addFirst(new Line(name, value));
    }

    /// The first value of this header.
    Optional<String> get(String name) {
        return all(name).stream().findFirst();
    }

    List<String> all(String name) {
        return lines.stream().filter(line -> same(line.name(), name)).map(Line::value).toList();
    }

    void remove(String name) {
        lines.removeIf(line -> same(line.name(), name));
    }

    void removeFirst(String name) {
        var at = indexOf(name);
        if (at >= 0) lines.remove(at);
    }

    /// Replaces the first line of this header where it stands, or adds one.
    void set(String name, String value) {
        var at = indexOf(name);
        if (at < 0) add(name, value);
        else lines.set(at, new Line(lines.get(at).name(), value));
    }

    /// Puts this line where the first of its header stands, and leaves out the others.
    void replace(String name, String value) {
        var at = indexOf(name);
        remove(name);
        lines.add(at < 0 ? lines.size() : at, new Line(name, value));
    }

    /// Adds this line behind the last of its header.
    void addAfter(String name, String value) {
        var at = lines.size();
        for (var i = 0; i < lines.size(); i++) {
            if (same(lines.get(i).name(), name)) at = i + 1;
        }
        lines.add(at, new Line(name, value));
    }

    private int indexOf(String name) {
        for (var i = 0; i < lines.size(); i++) {
            if (same(lines.get(i).name(), name)) return i;
        }
        return -1;
    }

    byte[] body() {
        return body;
    }

    void body(byte[] bytes) {
        body = bytes;
    }

    /// The number of CSeq as written; `1` where there is none.
    String cseqNumber() {
        return get("CSeq").orElse("1").strip().split("\\s+", 2)[0];
    }

    /// Content-Length is left out or set by the trace.
    void leaveLengthAlone() {
        countsLength = false;
    }

    byte[] bytes() {
        var text = new StringBuilder(512);
        if (isRequest()) text.append(first).append(' ').append(second).append(" SIP/2.0\r\n");
        else text.append("SIP/2.0 ").append(first).append(' ').append(second).append("\r\n");
        for (var line : lines)
            text.append(line.name()).append(": ").append(line.value()).append("\r\n");
        if (countsLength) text.append("Content-Length: ").append(body.length).append("\r\n");
        var head = text.append("\r\n").toString().getBytes(java.nio.charset.StandardCharsets.UTF_8);
        var whole = java.util.Arrays.copyOf(head, head.length + body.length);
        System.arraycopy(body, 0, whole, head.length, body.length);
        return whole;
    }

    /// Whether both are the same header, long or compact, case apart.
    static boolean same(String one, String other) {
        return one.equalsIgnoreCase(other) || whole(one).equalsIgnoreCase(whole(other));
    }

    private static String whole(String name) {
        if (name.length() != 1) return name;
        var letter = name.toLowerCase(Locale.ROOT).charAt(0);
        for (var known : HeaderName.values()) {
            if (known.compact() == letter) return known.text();
        }
        return name;
    }
}
