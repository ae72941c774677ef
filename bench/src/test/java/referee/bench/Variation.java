// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Slice;
import referee.sip.Transport;

/// Ways to tell the same case. Each is nothing to a person who knows SIP.
enum Variation {
    WRITTEN("as written") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return Tape.of(scene);
        }
    },
    BRIEF(
            "compact names in lower case and another order, other tags and branches, a product's name") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return Tape.of(scene).each(Wording::brief);
        }
    },
    WIDE("folded lines in upper case, another product's name") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return Tape.of(scene).each(Wording::wide);
        }
    },
    TCP("over TCP") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return Tape.of(over(scene, "tcp"));
        }
    },
    TLS("over TLS") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return Tape.of(over(scene, "tls"));
        }
    },
    WS("over WebSocket") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return Tape.of(over(scene, "ws"));
        }
    },
    IPV6("over IPv6") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return Tape.of(
                    scene.replacing(SDP, m -> "IP6 " + v6(m.group(1), m.group(2)))
                            .replacing(V4, m -> "[" + v6(m.group(1), m.group(2)) + "]"));
        }
    },
    LOST("the first three requests are lost once and come again after half a second") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return losing(Tape.of(scene));
        }
    },
    TWICE("every packet captured on two interfaces") {
        @Override
        Tape tell(Scene scene) throws IOException {
            var tape = Tape.of(scene);
            var out = new ArrayList<Sighting>();
            for (var seen : tape.messages()) {
                out.add(seen);
                out.add(Tape.at(seen, seen.at().plusNanos(15_000)));
            }
            return Tape.of(out, tape.until().plusNanos(15_000));
        }
    },
    CALLEES_PROXY("one more proxy before who is called") {
        @Override
        Tape tell(Scene scene) throws IOException {
            var tape = Tape.of(scene);
            return ExtraHop.before(tape.messages().getFirst().to(), tape);
        }
    },
    CALLERS_PROXY("one more proxy before who calls") {
        @Override
        Tape tell(Scene scene) throws IOException {
            var tape = Tape.of(scene);
            return ExtraHop.before(tape.messages().getFirst().from(), tape);
        }
    },
    BUSY("other people's traffic in between") {
        @Override
        Tape tell(Scene scene) throws IOException {
            return Tape.of(scene).among(Tape.of(scene.with(OTHERS)));
        }
    };

    private static final Pattern ACTOR =
            Pattern.compile("(?m)^(actor +\\S+ +\\S+)( +writes=\\S+)?$");
    private static final Pattern AGAIN = Pattern.compile("(?m)^ *[0-9.]+ .* again.*\n");
    private static final Pattern V4 =
            Pattern.compile("(192\\.0\\.2|198\\.51\\.100|203\\.0\\.113)\\.(\\d+)");
    private static final Pattern SDP = Pattern.compile("IP4 " + V4.pattern());
    private static final String OTHERS =
            """
            actor dora 198.18.0.10
            actor emil 198.18.0.20
            actor home 198.18.0.1
            0.001 dora -> home REGISTER call=x1
            0.002 home -> dora 401 REGISTER call=x1
                WWW-Authenticate: Digest realm="home.example", nonce="others", algorithm=MD5, qop="auth"
            0.003 dora -> home REGISTER call=x1 auth
            0.004 home -> dora 200 REGISTER call=x1
            0.050 dora -> home INVITE for=emil call=x2
            0.051 home -> dora 100 INVITE call=x2
            0.052 home -> emil INVITE relayed call=x2
            0.300 emil -> home 180 INVITE call=x2
            0.301 home -> dora 180 INVITE relayed call=x2
            2.300 emil -> home 200 INVITE call=x2
            2.301 home -> dora 200 INVITE relayed call=x2
            2.350 dora -> emil ACK call=x2
            9.000 emil -> dora BYE call=x2
            9.020 dora -> emil 200 BYE call=x2
            """;

    private final String says;

    Variation(String says) {
        this.says = says;
    }

    String says() {
        return says;
    }

    String word() {
        return name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
    }

    abstract Tape tell(Scene scene) throws IOException;

    /// The scene told this way, unless that would be another case.
    Optional<Tape> of(Scene scene) throws IOException {
        var text = scene.text();
        var kind =
                switch (this) {
                    case TCP, TLS, WS -> "stream";
                    case CALLEES_PROXY, CALLERS_PROXY -> "proxy";
                    default -> word();
                };
        if (!scene.fits(word()) || !scene.fits(kind) || !scene.fits("any") && this != WRITTEN)
            return Optional.empty();
        var fits =
                switch (this) {
                    case WRITTEN, BRIEF, WIDE -> true;
                    case TCP, TLS, WS -> ACTOR.matcher(text).find();
                    case IPV6 -> V4.matcher(text).find();
                    case LOST -> !text.contains(" again") && isUdp(scene);
                    case TWICE, BUSY -> Tape.of(scene).isOfMessagesOnly();
                    case CALLEES_PROXY, CALLERS_PROXY ->
                            !text.contains("oute")
                                    && !text.contains("relayed")
                                    && !text.contains("writes=")
                                    && Tape.of(scene).isOfMessagesOnly();
                };
        return fits ? Optional.of(tell(scene)) : Optional.empty();
    }

    private static boolean isUdp(Scene scene) throws IOException {
        var tape = Tape.of(scene);
        return tape.isOfMessagesOnly()
                && tape.messages().stream().allMatch(seen -> seen.transport() == Transport.UDP);
    }

    /// Requests and refusals are not sent again over a reliable transport; answers to INVITE are.
    private static Scene over(Scene scene, String transport) {
        return scene.replacing(
                        ACTOR,
                        m -> m.group(1) + " " + transport + (m.group(2) == null ? "" : m.group(2)))
                .replacing(AGAIN, m -> m.group().contains(" 200 INVITE") ? m.group() : "");
    }

    private static String v6(String net, String host) {
        return switch (net.charAt(0) + "" + net.charAt(2)) {
            case "12" -> "2001:db8::" + host;
            case "18" -> "2001:db8:1::" + host;
            default ->
                    "2001:db8:"
                            + (net.startsWith("203") ? "2" : net.startsWith("198") ? "1" : "0")
                            + "::"
                            + host;
        };
    }

    private static Tape losing(Tape tape) {
        var out = new ArrayList<Sighting>();
        var seenBranches = new HashSet<String>();
        var late = Duration.ZERO;
        for (var seen : tape.messages()) {
            var now = Tape.at(seen, seen.at().plus(late));
            out.add(now);
            var via = seen.message().raw(HeaderName.VIA).map(Slice::text).orElse("");
            var method = seen.message().method();
            var first =
                    seen.message().isRequest()
                            && !method.equals("ACK")
                            && seenBranches.add(method + via);
            if (!first || seenBranches.size() > 3) continue;
            late = late.plusMillis(500);
            out.add(Tape.at(seen, seen.at().plus(late)));
        }
        return Tape.of(List.copyOf(out), tape.until().plus(late));
    }
}
