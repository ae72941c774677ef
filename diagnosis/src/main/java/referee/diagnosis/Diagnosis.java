// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Consumer;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Witness;
import referee.sip.HeaderName;
import referee.sip.Slice;

/// Puts sightings together into stories, and hands each on once it is settled.
///
/// Owned by one thread. Stories go out in the order in which stories settle, which is decided by
/// evidence time alone, so the same evidence gives the same verdicts in the same order.
public final class Diagnosis implements Witness {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /// No capture is quiet for this long; a clock that was set, or files put together, look like
    /// it.
    private static final Duration JUMP = Duration.ofDays(1);

    private static final int MOST_JUMPS = 100;

    private final Timers timers;
    private final Limits limits;
    private final Consumer<Settled> settled;
    private final SequencedMap<CallKey, Story> active = new LinkedHashMap<>(1024, 0.75f, true);
    private final SequencedMap<CallKey, Story> waiting = new LinkedHashMap<>(1024, 0.75f, true);
    private final Cases cases = new Cases();
    private final Elsewhere elsewhere = new Elsewhere();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Gap> jumps = new ArrayList<>(0);
    private List<Gap> known = List.of();
    private final int seed;
    private Instant now = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private long held;
    private long withoutCallId;
    private long cutShort;

    /// @param seed for the hash of Call-IDs; verdicts do not depend on it
    /// @param settled told of each story when nothing more is expected of it; the story is its to
    ///   keep
    public Diagnosis(Timers timers, Limits limits, int seed, Consumer<Settled> settled) {
        this.timers = timers;
        this.limits = limits;
        this.seed = seed;
        this.settled = settled;
    }

    /// Judges each story at once, on the same thread.
    ///
    /// @param verdicts told of each story when it is settled
    public Diagnosis(
            List<Rule> rules, Timers timers, Limits limits, int seed, Consumer<Verdict> verdicts) {
        this(timers, limits, seed, new Judge(rules, verdicts));
    }

    @Override
    public void saw(Sighting sighting) {
        if (isJump(sighting.at())) jumped(sighting);
        advanceTo(sighting.at());
        var index = sighting.message().indexOf(HeaderName.CALL_ID);
        if (index < 0) {
            withoutCallId++;
            return;
        }
        var callId = sighting.message().value(index);
        var story = add(new CallKey(callId, seed), callId, sighting);
        if (!sighting.message().isRequest()) return;
        cases.learn(story.callId(), sighting.message());
        elsewhere.learn(sighting);
    }

    @Override
    public void missed(Gap gap) {
        if (gaps.size() >= limits.gaps()) return;
        gaps.add(gap);
        known = List.copyOf(gaps);
    }

    /// Tells the time of the evidence: what has been quiet for long enough by then is settled.
    public void advanceTo(Instant instant) {
        if (instant.isAfter(now)) now = instant;
        if (now.isBefore(nextLook)) return;
        nextLook = now.plus(BETWEEN_LOOKS);
        moveQuiet();
        settleLongQuiet();
    }

    /// Settles everything that is still open, as far as it was watched.
    ///
    /// @param watchedUntil the end of the evidence; earlier than the last sighting counts as that
    public void finish(Instant watchedUntil) {
        if (watchedUntil.isAfter(now)) now = watchedUntil;
        var rest = new ArrayList<Story>(waiting.values());
        rest.addAll(active.values());
        waiting.clear();
        active.clear();
        rest.sort(Comparator.comparing(Story::first));
        rest.forEach(this::settle);
    }

    /// Messages that name no Call-ID and so belong to no story.
    public long withoutCallId() {
        return withoutCallId;
    }

    /// Stories that were settled early because a limit was reached.
    public long cutShort() {
        return cutShort;
    }

    /// Where the clock of the evidence jumped: what was due meanwhile cannot be missed.
    public List<Gap> jumps() {
        return List.copyOf(jumps);
    }

    private boolean isJump(Instant at) {
        return !now.equals(Instant.MIN) && Duration.between(now, at).abs().compareTo(JUMP) > 0;
    }

    private void jumped(Sighting sighting) {
        var days = Duration.between(now, sighting.at()).toDays();
        var says =
                "the clock jumps by %d days; nothing is known of what passed meanwhile"
                        .formatted(days);
        var gap =
                new Gap(
                        Gap.Kind.SOURCE,
                        sighting.number(),
                        Optional.of(now),
                        Optional.empty(),
                        says);
        missed(gap);
        if (jumps.size() < MOST_JUMPS) jumps.add(gap);
    }

    private Story add(CallKey key, Slice callId, Sighting sighting) {
        var story = active.get(key);
        if (story == null) {
            story = waiting.remove(key);
            if (story != null) active.put(key.alone(), story);
        }
        if (story == null) {
            story = new Story(callId.text(), sighting, timers);
            active.put(key.alone(), story);
            held += story.octets();
        } else {
            held -= story.octets();
            story.add(sighting);
            held += story.octets();
        }
        makeRoom(key, story);
        return story;
    }

    /// Settles what is too large, then, while too much is open, what has been quiet for longest.
    private void makeRoom(CallKey key, Story story) {
        if (story.messages() >= limits.messagesPerStory()) {
            active.remove(key);
            cutShort++;
            settle(story);
        }
        while (held > limits.openOctets()
                || active.size() + waiting.size() > limits.openStories()) {
            cutShort(waiting.isEmpty() ? active : waiting);
        }
    }

    private void cutShort(SequencedMap<CallKey, Story> stories) {
        cutShort++;
        settle(stories.pollFirstEntry().getValue());
    }

    /// A quiet story in which a call stands or rings waits; every other is settled.
    private void moveQuiet() {
        while (isQuiet(active, limits.quiet())) {
            var eldest = active.pollFirstEntry();
            if (Openness.isOpen(eldest.getValue())) waiting.put(eldest.getKey(), eldest.getValue());
            else settle(eldest.getValue());
        }
    }

    private void settleLongQuiet() {
        while (isQuiet(waiting, limits.longest())) settle(waiting.pollFirstEntry().getValue());
    }

    /// Whether the story that was seen least recently has been quiet for this long.
    private boolean isQuiet(SequencedMap<CallKey, Story> stories, Duration quiet) {
        if (stories.isEmpty()) return false;
        return !stories.firstEntry().getValue().last().plus(quiet).isAfter(now);
    }

    private void settle(Story story) {
        held -= story.octets();
        if (elsewhere.hasAnswered(story)) story.answerElsewhere();
        settled.accept(new Settled(story, new Watch(now, known), cases.of(story.callId())));
    }
}
