// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import referee.diagnosis.Outcome;
import referee.diagnosis.Story;
import referee.diagnosis.Verdict;
import referee.evidence.Gap;

/// What one source cannot tell, by its gaps and by what its stories lack.
final class Doubts {
    private static final int MOST_PAIRS = 1_000;
    private static final int MOST_TOLD = 5;

    private record Pair(String from, String to) {}

    private final Map<Pair, Long> oneDirection = new LinkedHashMap<>();
    private long lossy;
    private long midway;
    private long pending;

    void add(Verdict verdict) {
        var story = verdict.story();
        if (verdict.outcome() == Outcome.PENDING) pending++;
        if (story.startsMidway()) midway++;
        if (story.isOneSided()) oneSided(story);
        else if (!story.startsMidway() && story.isLossy()) lossy++;
    }

    private void oneSided(Story story) {
        var seen = story.sightings().findFirst();
        if (seen.isEmpty() || oneDirection.size() >= MOST_PAIRS) return;
        oneDirection.merge(
                new Pair(seen.get().from().host(), seen.get().to().host()), 1L, Long::sum);
    }

    /// @param gaps the first ones of this source
    List<Doubt> list(String input, List<Gap> gaps) {
        var all = new ArrayList<Doubt>();
        var byKind = new EnumMap<Gap.Kind, List<Gap>>(Gap.Kind.class);
        for (var gap : gaps) byKind.computeIfAbsent(gap.kind(), _ -> new ArrayList<>()).add(gap);
        byKind.forEach((kind, some) -> all.add(of(input, kind, some)));
        oneDirection.forEach((pair, count) -> {
            if (all.size() < byKind.size() + MOST_TOLD) all.add(of(input, pair, count));
        });
        if (lossy > 0) all.add(lossy(input));
        if (midway > 0) all.add(midway(input));
        if (pending > 0) all.add(pending(input));
        return all;
    }

    private static Doubt of(String input, Gap.Kind kind, List<Gap> gaps) {
        var first = gaps.getFirst();
        var where = first.frame() > 0 ? "frame " + first.frame() + ": " : "";
        var more = gaps.size() > 1 ? ", and " + (gaps.size() - 1) + " more like it" : "";
        return new Doubt(
                input,
                kind.word(),
                gaps.size(),
                where + first.says() + more,
                cannotTell(kind),
                advice(kind));
    }

    private static String cannotTell(Gap.Kind kind) {
        return switch (kind) {
            case SNAPLEN -> "what stood in the part of a message that was cut off";
            case FRAGMENT -> "what a message said of which a fragment is missing";
            case STREAM -> "which messages passed in the part of a stream that is missing";
            case MIDSTREAM -> "what passed on a connection before the capture began";
            case LINK -> "what passed in packets of a kind that is not read";
            case ENCRYPTED -> "what passed on connections that could not be decrypted";
            case FILE -> "what stood behind the damage";
            case LIMIT -> "what was let go";
            case SOURCE -> "what passed meanwhile, and how long it took";
        };
    }

    private static String advice(Gap.Kind kind) {
        return switch (kind) {
            case SNAPLEN -> "capture whole packets: tcpdump -s 0";
            case FRAGMENT -> "capture without a filter on ports: later fragments carry none";
            case STREAM -> "capture to a file with a larger buffer: tcpdump -B 16384 -w";
            case MIDSTREAM -> "begin the capture before the connection is made";
            case LINK -> "capture on the interface that carries IP";
            case ENCRYPTED -> "give the secrets of their TLS sessions: --keylog FILE";
            case FILE -> "fetch the file again after the capture has stopped";
            case LIMIT -> "cut the capture into shorter ones, or give more memory";
            case SOURCE -> "keep the clock by NTP while capturing";
        };
    }

    private static Doubt of(String input, Pair pair, long stories) {
        return new Doubt(
                input,
                "one-direction",
                stories,
                "one direction only between "
                        + pair.from()
                        + " and "
                        + pair.to()
                        + stories(stories),
                "whether " + pair.to() + " answered",
                "capture at " + pair.to() + ", or on every interface: tcpdump -i any");
    }

    private Doubt lossy(String input) {
        return new Doubt(
                input,
                "loss",
                lossy,
                "packets were lost on the way into the capture" + stories(lossy),
                "whether a message that seems missing was sent",
                "capture to a file with a larger buffer: tcpdump -B 16384 -w");
    }

    private Doubt midway(String input) {
        return new Doubt(
                input,
                "midway",
                midway,
                "something was going on when it began" + stories(midway),
                "what came before",
                "begin the capture before the call");
    }

    private Doubt pending(String input) {
        return new Doubt(
                input,
                "ends-early",
                pending,
                "it ended while something was due" + stories(pending),
                "whether what was due still came",
                "let the capture go on for a minute longer, three for a call that rings");
    }

    private static String stories(long count) {
        return Optional.of(count)
                .filter(one -> one > 1)
                .map(one -> ", " + one + " stories")
                .orElse("");
    }
}
