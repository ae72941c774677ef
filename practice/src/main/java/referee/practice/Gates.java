// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.function.BiPredicate;
import java.util.function.Function;
import referee.sip.Credentials;
import referee.stack.Reply;

/// Odd ways to ask who somebody is.
final class Gates {
    private static final String UNKNOWN =
            "Digest realm=\"practice\", nonce=\"3f81a0\", algorithm=WHIRLPOOL, qop=\"auth\"";

    /// RAND and AUTN of 16 octets each (RFC 3310 §3.2), of no subscriber.
    private static final String AKA =
            "Digest realm=\"practice\","
                    + " nonce=\"I1U8vpY3qJ0hiuZNrke/NVXzKLQ1d7m5Sp/6w1Tfr7M=\","
                    + " algorithm=AKAv1-MD5, qop=\"auth\"";

    private Gates() {}

    static boolean staleForEver(Turn turn, Practice practice) {
        var answered = !Credentials.all(turn.request()).isEmpty();
        turn.reply(practice.gate().challenge(turn.at(), answered));
        return true;
    }

    static boolean wrongForEver(Turn turn, Practice practice) {
        turn.reply(practice.gate().challenge(turn.at(), false));
        return true;
    }

    /// Asks in a realm of its own, with 407.
    static boolean trunk(Turn turn, Practice practice) {
        return practice.asks(practice.trunk(), turn);
    }

    static void unknownAlgorithm(Turn turn) {
        turn.reply(Reply.of(401).with("WWW-Authenticate", UNKNOWN));
    }

    static void aka(Turn turn) {
        turn.reply(Reply.of(401).with("WWW-Authenticate", AKA));
    }

    /// Refuses what is asked at the gate where the credentials have this flaw.
    static Mischief refusing(
            String method,
            BiPredicate<Turn, Credentials> flaw,
            Function<Practice, Function<Turn, Reply>> with) {
        return Mischief.maybeAtTheGate(
                method,
                (turn, practice) -> {
                    var sent = Credentials.all(turn.request());
                    if (sent.stream().noneMatch(one -> flaw.test(turn, one))) return false;
                    turn.reply(with.apply(practice).apply(turn));
                    return true;
                });
    }

    /// A new challenge, as for a wrong password.
    static Function<Turn, Reply> again(Practice practice) {
        return turn -> practice.gate().challenge(turn.at(), false);
    }

    static boolean isOfAnotherUri(Turn turn, Credentials credentials) {
        return credentials.uri().filter(Turn.requestUri(turn.request())::equals).isEmpty();
    }

    static boolean isWithoutDomain(Turn turn, Credentials credentials) {
        return credentials.username().filter(name -> name.indexOf('@') >= 0).isEmpty();
    }

    static boolean isMisquoted(Turn turn, Credentials credentials) {
        return !credentials.wronglyQuoted().isEmpty();
    }

    static boolean isCountedOn(Turn turn, Credentials credentials) {
        return credentials.nc().filter("00000001"::equals).isEmpty();
    }

    static boolean isWithoutCount(Turn turn, Credentials credentials) {
        return credentials.nc().isEmpty() || credentials.cnonce().isEmpty();
    }
}
