// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The data against the tables of the RFCs, written down here a second time.
class RfcFactsTest {
    @Test
    void holdsTheWholeRegistry() {
        assertThat(numbers(code -> code.standing().isRegistered()))
                .containsExactly(
                        100, 180, 181, 182, 183, 199, 200, 202, 204, 300, 301, 302, 305, 380, 400,
                        401, 402, 403, 404, 405, 406, 407, 408, 410, 412, 413, 414, 415, 416, 417,
                        420, 421, 422, 423, 424, 425, 428, 429, 430, 433, 436, 437, 438, 439, 440,
                        469, 470, 480, 481, 482, 483, 484, 485, 486, 487, 488, 489, 491, 493, 494,
                        500, 501, 502, 503, 504, 505, 513, 555, 580, 600, 603, 604, 606, 607, 608);
        assertThat(numbers(code -> !code.standing().isRegistered()))
                .containsExactly(303, 409, 411, 473, 475, 476, 477, 478, 479, 490, 666, 687, 699);
    }

    /// RFC 5057 §5.1.
    @Test
    void knowsWhatEachCodeDoesToADialog() {
        assertThat(numbers(code -> code.effect() == Effect.DIALOG && !code.isEffectByClass()))
                .containsExactly(404, 410, 416, 482, 483, 484, 485, 502, 604);
        assertThat(numbers(code -> code.effect() == Effect.USAGE && !code.isEffectByClass()))
                .containsExactly(405, 480, 481, 489, 501);
        assertThat(numbers(code -> code.effect() == Effect.TRANSACTION && !code.isEffectByClass()))
                .containsExactly(
                        400, 401, 402, 403, 406, 407, 408, 412, 413, 414, 415, 417, 420, 421, 422,
                        423, 428, 429, 436, 437, 438, 486, 487, 488, 491, 493, 494, 500, 503, 504,
                        505, 513, 580, 600, 603, 606);
        assertThat(numbers(code -> code.effect() == Effect.REDIRECT))
                .containsExactly(300, 301, 302, 303, 305, 380);
        assertThat(numbers(code -> code.effect() == Effect.NONE))
                .containsExactly(100, 180, 181, 182, 183, 199, 200, 202, 204);
    }

    /// RFC 5057 §5.1: an unknown code is treated as x00, and each x00 ends only the transaction.
    @Test
    void treatsCodesThatRfc5057DoesNotListByTheirClass() {
        assertThat(Codes.all().stream().filter(Code::isEffectByClass))
                .isNotEmpty()
                .allMatch(code ->
                        code.effect()
                                == Codes.of(code.codeClass().general()).orElseThrow().effect());
    }

    /// RFC 6665 §4.1.2.2 and §4.2.2.
    @Test
    void knowsWhichCodesEndASubscription() {
        assertThat(numbers(Code::endsSubscription))
                .containsExactly(404, 405, 410, 416, 480, 481, 482, 483, 484, 485, 489, 501, 604);
    }

    /// What RFC 3261 Table 2 and 3 and the RFCs of the codes make mandatory in every case.
    @Test
    void knowsWhatMustComeWithACode() {
        var always =
                Codes.all().stream()
                        .filter(code ->
                                code.must().stream().anyMatch(need -> need.when().isEmpty()))
                        .collect(
                                Collectors.toMap(
                                        Code::number,
                                        code ->
                                                code.must().stream()
                                                        .filter(need -> need.when().isEmpty())
                                                        .map(HeaderNeed::name)
                                                        .toList(),
                                        (one, _) -> one,
                                        TreeMap::new));
        assertThat(always)
                .containsExactlyEntriesOf(
                        new TreeMap<>(
                                Map.of(
                                        401, List.of("WWW-Authenticate"),
                                        405, List.of("Allow"),
                                        407, List.of("Proxy-Authenticate"),
                                        420, List.of("Unsupported"),
                                        421, List.of("Require"),
                                        423, List.of("Min-Expires"),
                                        424, List.of("Geolocation-Error"),
                                        425, List.of("AlertMsg-Error"),
                                        469, List.of("Recv-Info"),
                                        494, List.of("Security-Server"))));
    }

    /// RFC 3261 Table 3, Retry-After.
    @Test
    void knowsWhereRetryAfterMeansSomething() {
        assertThat(numbers(code -> !code.retryAfter().isEmpty()))
                .containsExactly(404, 413, 480, 486, 500, 503, 600, 603);
    }

    /// RFC 3398 §8.2.6.1.
    @Test
    void knowsTheCausesOfThePstn() {
        var causes =
                Map.ofEntries(
                        Map.entry(400, 41),
                        Map.entry(401, 21),
                        Map.entry(402, 21),
                        Map.entry(403, 21),
                        Map.entry(404, 1),
                        Map.entry(405, 63),
                        Map.entry(406, 79),
                        Map.entry(407, 21),
                        Map.entry(408, 102),
                        Map.entry(410, 22),
                        Map.entry(413, 127),
                        Map.entry(414, 127),
                        Map.entry(415, 79),
                        Map.entry(416, 127),
                        Map.entry(420, 127),
                        Map.entry(421, 127),
                        Map.entry(423, 127),
                        Map.entry(480, 18),
                        Map.entry(481, 41),
                        Map.entry(482, 25),
                        Map.entry(483, 25),
                        Map.entry(484, 28),
                        Map.entry(485, 1),
                        Map.entry(486, 17),
                        Map.entry(500, 41),
                        Map.entry(501, 79),
                        Map.entry(502, 38),
                        Map.entry(503, 41),
                        Map.entry(504, 102),
                        Map.entry(505, 127),
                        Map.entry(513, 127),
                        Map.entry(600, 17),
                        Map.entry(603, 21),
                        Map.entry(604, 1));
        causes.forEach((code, cause) ->
                assertThat(Codes.of(code).orElseThrow().cause().orElseThrow().number())
                        .as("%d", code)
                        .isEqualTo(cause));
        assertThat(Codes.of(487).orElseThrow().cause()).isEmpty();
        assertThat(numbers(code -> code.codeClass() == CodeClass.PROVISIONAL))
                .allMatch(code -> Codes.of(code).orElseThrow().cause().isEmpty());
    }

    @Test
    void tellsTheTruthAbout202() {
        var code = Codes.of(202).orElseThrow();
        var page = code.page().text();

        assertThat(code.standing()).isEqualTo(Standing.DEPRECATED);
        assertThat(code.sentBy().getFirst()).isEqualTo("UAS");
        assertThat(page)
                .contains("deprecated")
                .contains("never the outcome")
                .contains("RFC 7647 §5")
                .contains("RFC 6665 §8.3.1")
                .contains("RFC 4488")
                .contains("NOTIFY");
    }

    /// RFC 3261 §8.1.3.2.
    @Test
    void treatsAnUnknownCodeAsTheGeneralOneOfItsClass() {
        assertThat(IntStream.of(101, 299, 399, 499, 599, 699 - 1).map(RfcFactsTest::general))
                .containsExactly(183, 200, 300, 400, 500, 600);
        assertThat(Codes.orGeneral(700)).isEmpty();
        assertThat(Codes.orGeneral(99)).isEmpty();
    }

    private static int general(int code) {
        return Codes.orGeneral(code).orElseThrow().number();
    }

    private static SortedSet<Integer> numbers(Predicate<Code> wanted) {
        return Codes.all().stream()
                .filter(wanted)
                .map(Code::number)
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
