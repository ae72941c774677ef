// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import referee.sip.HeaderName;

/// What stands in a header, a URI or a line of SDP, with people, hosts, numbers and digests
/// replaced. Works on octets as Latin-1, so that what it does not replace stays what it was.
final class RedactedText {
    private static final Pattern TELLING =
            Pattern.compile(
                    "(?<uri>(?i:sips?|tel):[^\\s<>\"',)]+)"
                            + "|(?<mail>[\\w.+%~!*-]+@(?:\\[[0-9a-fA-F:.]+\\]|[\\w.-]+))"
                            + "|(?<uuid>[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})"
                            + "|(?<mac>(?<![\\w:])[0-9a-fA-F]{2}(?:[:-][0-9a-fA-F]{2}){5}(?![\\w:]))"
                            + "|(?<six>(?<![\\w:.])[0-9a-fA-F]{0,4}:[0-9a-fA-F:]*:[0-9a-fA-F:.]*[0-9a-fA-F](?![\\w:]))"
                            + "|(?<four>(?<![\\w.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\w.]\\w))"
                            + "|(?<number>(?<![\\w.])\\+?\\d{6,}(?!\\w))"
                            + "|(?<word>[\\w.+-]{4,})");

    private static final Pattern PARAM =
            Pattern.compile("([\\w.!%*+`'~-]+)(\\s*=\\s*)(\"(?:[^\"\\\\]|\\\\.)*\"?|[^,;\\s\"]*)");

    private static final Pattern TAG =
            Pattern.compile("(?i)((?:to|from|local|remote)-tag(?:=|%3d))([^;&%]*)");

    private final Pseudonyms names;

    RedactedText(Pseudonyms names) {
        this.names = names;
    }

    /// The value of a header.
    ///
    /// @param name as written
    String header(HeaderName kind, String name, String value) {
        return switch (kind) {
            case ACCEPT,
                    ALLOW,
                    ALLOW_EVENTS,
                    CONTENT_DISPOSITION,
                    CONTENT_ENCODING,
                    CONTENT_LENGTH,
                    CONTENT_TYPE,
                    CSEQ,
                    DATE,
                    EVENT,
                    EXPIRES,
                    MAX_FORWARDS,
                    MIN_EXPIRES,
                    MIN_SE,
                    PROXY_REQUIRE,
                    RACK,
                    REFER_SUB,
                    REQUIRE,
                    RETRY_AFTER,
                    RSEQ,
                    SERVER,
                    SESSION_EXPIRES,
                    SUBSCRIPTION_STATE,
                    SUPPORTED,
                    UNSUPPORTED,
                    USER_AGENT ->
                    value;
            case CALL_ID -> names.callId(value);
            case REPLACES, TARGET_DIALOG -> named(value);
            case VIA -> list(value, this::via);
            case FROM,
                    TO,
                    CONTACT,
                    ROUTE,
                    RECORD_ROUTE,
                    REFER_TO,
                    REFERRED_BY,
                    P_ASSERTED_IDENTITY,
                    REFER_EVENTS_AT ->
                    list(value, this::address);
            case AUTHORIZATION,
                    PROXY_AUTHORIZATION,
                    WWW_AUTHENTICATE,
                    PROXY_AUTHENTICATE,
                    AUTHENTICATION_INFO,
                    PROXY_AUTHENTICATION_INFO ->
                    digest(value);
            case SUBJECT -> "-";
            case SESSION_ID, REASON, WARNING -> text(value);
            case OTHER -> other(name.toLowerCase(Locale.ROOT), value);
        };
    }

    private String other(String name, String value) {
        return switch (name) {
            case "p-preferred-identity",
                    "remote-party-id",
                    "diversion",
                    "history-info",
                    "path",
                    "service-route",
                    "p-associated-uri",
                    "p-called-party-id",
                    "p-profile-key",
                    "reply-to" ->
                    list(value, this::address);
            case "in-reply-to", "join" -> named(value);
            case "identity", "geolocation", "organization", "call-info" -> "-";
            case "p-charging-vector" -> params(value);
            default ->
                    name.contains("call-id") || name.contains("callid")
                            ? names.callId(value)
                            : text(value);
        };
    }

    /// `call-id;to-tag=1;from-tag=2`, or `call-id, call-id`.
    private String named(String value) {
        return list(
                value,
                one -> {
                    var end = one.indexOf(';');
                    var id = end < 0 ? one : one.substring(0, end);
                    return edges(id, names::callId) + (end < 0 ? "" : params(one.substring(end)));
                });
    }

    private String via(String value) {
        var semicolon = value.indexOf(';');
        var head = semicolon < 0 ? value : value.substring(0, semicolon);
        var params = semicolon < 0 ? "" : value.substring(semicolon);
        var blank = head.stripTrailing().lastIndexOf(' ');
        return head.substring(0, blank + 1) + hostPort(head.substring(blank + 1)) + params(params);
    }

    /// `"Name" <uri>;params` or a bare URI with parameters that are the header's.
    private String address(String value) {
        var open = outside(value, '<', 0);
        if (open < 0) {
            var end = outside(value, ';', 0);
            var uri = end < 0 ? value : value.substring(0, end);
            return edges(uri, this::uri) + (end < 0 ? "" : params(value.substring(end)));
        }
        var close = value.indexOf('>', open);
        if (close < 0) close = value.length();
        return display(value.substring(0, open))
                + "<"
                + uri(value.substring(open + 1, close))
                + params(value.substring(close));
    }

    private String display(String text) {
        return edges(
                text,
                name -> {
                    var quoted = name.length() > 1 && name.startsWith("\"") && name.endsWith("\"");
                    return quoted
                            ? "\"" + names.name(name.substring(1, name.length() - 1)) + "\""
                            : names.name(name).replace(" ", "");
                });
    }

    /// A SIP, SIPS or TEL URI; any other is told by what it holds.
    String uri(String uri) {
        var colon = uri.indexOf(':');
        var scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        var rest = uri.substring(colon + 1);
        return switch (scheme) {
            case "sip", "sips" -> uri.substring(0, colon + 1) + sip(rest);
            case "tel" -> {
                var end = rest.indexOf(';');
                yield uri.substring(0, colon + 1)
                        + names.user(end < 0 ? rest : rest.substring(0, end))
                        + (end < 0 ? "" : params(rest.substring(end)));
            }
            default -> text(uri);
        };
    }

    private String sip(String rest) {
        var question = rest.indexOf('?');
        var plain = question < 0 ? rest : rest.substring(0, question);
        var headers = question < 0 ? "" : "?" + headers(rest.substring(question + 1));
        var at = plain.indexOf('@');
        var user = at < 0 ? "" : userInfo(plain.substring(0, at)) + "@";
        var host = plain.substring(at + 1);
        var end = host.indexOf(';');
        return user
                + hostPort(end < 0 ? host : host.substring(0, end))
                + (end < 0 ? "" : params(host.substring(end)))
                + headers;
    }

    /// The user may have parameters of its own (RFC 3261 §19.1.6), and a password.
    private String userInfo(String text) {
        var end = text.indexOf(';');
        var user = end < 0 ? text : text.substring(0, end);
        var colon = user.indexOf(':');
        var name = names.user(colon < 0 ? user : user.substring(0, colon));
        return name + (colon < 0 ? "" : ":x") + (end < 0 ? "" : params(text.substring(end)));
    }

    /// The headers of a URI; Replaces and the like name a Call-ID, escaped or not.
    private String headers(String text) {
        var out = new ArrayList<String>();
        for (var one : text.split("&", -1)) {
            var equals = one.indexOf('=');
            var name = one.substring(0, Math.max(0, equals)).toLowerCase(Locale.ROOT);
            var value = one.substring(equals + 1);
            if (Set.of("replaces", "join", "target-dialog", "call-id").contains(name)) {
                out.add(one.substring(0, equals + 1) + dialog(value));
            } else {
                out.add(one.substring(0, equals + 1) + text(value));
            }
        }
        return String.join("&", out);
    }

    /// A Call-ID with tags behind it, as in Replaces, escaped or not.
    private String dialog(String value) {
        var matcher = Pattern.compile("(?i);|%3b").matcher(value);
        var end = matcher.find() ? matcher.start() : value.length();
        var tags =
                replace(TAG, value.substring(end), tag -> tag.group(1) + names.tag(tag.group(2)));
        return names.callId(value.substring(0, end)) + tags;
    }

    private String hostPort(String text) {
        return edges(
                text,
                one -> {
                    var bracket = one.indexOf(']');
                    var colon = one.indexOf(':', Math.max(0, bracket));
                    return colon < 0
                            ? names.host(one)
                            : names.host(one.substring(0, colon)) + one.substring(colon);
                });
    }

    private String params(String text) {
        return replace(
                PARAM,
                text,
                param -> param.group(1) + param.group(2) + param(param.group(1), param.group(3)));
    }

    private String param(String name, String value) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "rport", "transport", "expires", "q", "reg-id", "user", "index", "method" -> value;
            case "tag", "to-tag", "from-tag", "local-tag", "remote-tag" -> names.tag(value);
            case "branch" -> names.branch(value);
            case "maddr", "received", "host" -> names.host(value);
            default -> text(value);
        };
    }

    private String digest(String value) {
        var scheme = value.strip().split("\\s", 2)[0];
        if (!scheme.equalsIgnoreCase("Digest") && scheme.indexOf('=') < 0) return scheme + " x";
        return replace(
                PARAM,
                value,
                param -> {
                    var quoted = param.group(3).startsWith("\"");
                    var plain = quoted ? unquoted(param.group(3)) : param.group(3);
                    var shown =
                            switch (param.group(1).toLowerCase(Locale.ROOT)) {
                                case "username" -> names.user(plain);
                                case "realm" -> names.realm(plain);
                                case "uri" -> uri(plain);
                                case "domain" -> text(plain);
                                case "nonce",
                                        "nextnonce",
                                        "cnonce",
                                        "opaque",
                                        "response",
                                        "rspauth",
                                        "auts" ->
                                        names.opaque(plain);
                                default -> plain;
                            };
                    return param.group(1) + param.group(2) + (quoted ? "\"" + shown + "\"" : shown);
                });
    }

    private static String unquoted(String text) {
        var end = text.length() > 1 && text.endsWith("\"") ? text.length() - 1 : text.length();
        return text.substring(1, end);
    }

    /// Free text: addresses, URIs, long numbers, and names that were met before.
    String text(String text) {
        return replace(
                TELLING,
                text,
                found -> {
                    var whole = found.group();
                    if (found.group("uri") != null) return uri(whole);
                    if (found.group("mail") != null) {
                        var at = whole.indexOf('@');
                        return names.user(whole.substring(0, at))
                                + "@"
                                + names.host(whole.substring(at + 1));
                    }
                    if (found.group("uuid") != null || found.group("mac") != null)
                        return shaped(whole);
                    if (found.group("six") != null)
                        return Pseudonyms.isAddress(whole) ? names.host(whole) : whole;
                    if (found.group("four") != null) return names.host(whole);
                    if (found.group("number") != null) return names.user(whole);
                    return names.known(whole).orElse(whole);
                });
    }

    /// Hex digits between separators, which stay.
    private String shaped(String text) {
        var digits = names.opaque(text.replaceAll("[:-]", ""));
        var out = new StringBuilder();
        var next = 0;
        for (var c : text.toCharArray())
            out.append(c == ':' || c == '-' ? c : digits.charAt(next++));
        return out.toString();
    }

    /// A line of SDP (RFC 8866).
    String sdp(String line) {
        if (line.length() < 2 || line.charAt(1) != '=') return text(line);
        var value = line.substring(2);
        return switch (line.charAt(0)) {
            case 'o' ->
                    "o=-" + text(value.indexOf(' ') < 0 ? "" : value.substring(value.indexOf(' ')));
            case 's', 'i', 'u', 'e', 'p' -> line.substring(0, 2) + "-";
            case 'k' -> "k=x";
            case 'c' -> "c=" + connection(value);
            case 'a' -> "a=" + attribute(value);
            case 'm', 't', 'b', 'v', 'r', 'z' -> line;
            default -> text(line);
        };
    }

    /// `IN IP4 192.0.2.1/127`, or the name of a host.
    private String connection(String value) {
        var blank = value.lastIndexOf(' ');
        var slash = value.indexOf('/', blank + 1);
        var host = value.substring(blank + 1, slash < 0 ? value.length() : slash);
        return value.substring(0, blank + 1)
                + names.host(host)
                + (slash < 0 ? "" : value.substring(slash));
    }

    private String attribute(String value) {
        var inline = value.indexOf("inline:");
        if (value.startsWith("crypto:") && inline >= 0)
            return value.substring(0, inline + 7) + names.opaque(value.substring(inline + 7));
        for (var secret :
                List.of(
                        "ice-ufrag:",
                        "ice-pwd:",
                        "fingerprint:",
                        "identity:",
                        "key-mgmt:",
                        "ssrc:",
                        "msid:",
                        "x-"))
            if (value.startsWith(secret))
                return secret + names.opaque(value.substring(secret.length()));
        return value.startsWith("rtpmap:") || value.startsWith("fmtp:") ? value : text(value);
    }

    /// Each part of a list, commas inside quotes and angle brackets apart.
    private static String list(String value, UnaryOperator<String> each) {
        var out = new StringBuilder();
        var from = 0;
        for (var comma = outside(value, ',', from); comma >= 0; comma = outside(value, ',', from)) {
            out.append(each.apply(value.substring(from, comma))).append(',');
            from = comma + 1;
        }
        return out.append(each.apply(value.substring(from))).toString();
    }

    /// Where this character stands outside of quotes and angle brackets, or -1.
    private static int outside(String text, char wanted, int from) {
        var quoted = false;
        var angled = false;
        for (var i = from; i < text.length(); i++) {
            var c = text.charAt(i);
            if (quoted && c == '\\') i++;
            else if (c == '"' && !angled) quoted = !quoted;
            else if (!quoted && !angled && c == wanted) return i;
            else if (!quoted && c == '<') angled = true;
            else if (!quoted && c == '>') angled = false;
        }
        return -1;
    }

    /// Changes the text between white space at its ends.
    private static String edges(String text, UnaryOperator<String> change) {
        var inner = text.strip();
        if (inner.isEmpty()) return text;
        var at = text.indexOf(inner);
        return text.substring(0, at) + change.apply(inner) + text.substring(at + inner.length());
    }

    private static String replace(
            Pattern pattern, String text, java.util.function.Function<Matcher, String> with) {
        var matcher = pattern.matcher(text);
        var out = new StringBuilder();
        var from = 0;
        while (matcher.find()) {
            out.append(text, from, matcher.start()).append(with.apply(matcher));
            from = matcher.end();
        }
        return out.append(text, from, text.length()).toString();
    }
}
