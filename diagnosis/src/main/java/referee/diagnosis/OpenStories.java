// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import referee.evidence.Sighting;
import referee.sip.Slice;

/// The stories that are not judged yet. Three lists, each led by the one that has been quiet for
/// longest: those that messages come in for, those in which a call stands or rings, and those that
/// are over and wait for the rest of their case.
final class OpenStories {
    private static final Comparator<Story> IN_TIME =
            Comparator.comparing(Story::first).thenComparing(Story::callId);

    private final SequencedMap<CallKey, Story> active = new LinkedHashMap<>(1024, 0.75f, true);
    private final SequencedMap<CallKey, Story> waiting = new LinkedHashMap<>(1024, 0.75f, true);
    private final SequencedMap<CallKey, Story> over = new LinkedHashMap<>();
    private final Setting setting;
    private final Limits limits;
    private final int seed;
    private final Cases cases;
    private final Elsewhere elsewhere;
    private final Followed followed;
    private final Consumer<Case> settled;
    private long octets;
    private long cutShort;

    OpenStories(
            Setting setting,
            int seed,
            Cases cases,
            Elsewhere elsewhere,
            Followed followed,
            Consumer<Case> settled) {
        this.setting = setting;
        this.limits = setting.limits();
        this.seed = seed;
        this.cases = cases;
        this.elsewhere = elsewhere;
        this.followed = followed;
        this.settled = settled;
    }

    /// Adds a message to the story of its Call-ID.
    Story add(Slice callId, Sighting sighting) {
        var key = new CallKey(callId, seed);
        var story = active.get(key);
        if (story == null) {
            story = recall(key, sighting);
            if (story != null) active.put(story.key(), story);
        }
        if (story == null) {
            story = new Story(key.alone(), callId.text(), sighting, setting);
            active.put(story.key(), story);
            octets += story.octets();
        } else {
            octets -= story.octets();
            story.add(sighting);
            octets += story.octets();
        }
        return story;
    }

    private @Nullable Story recall(CallKey key, Sighting sighting) {
        var story = waiting.remove(key);
        if (story == null) story = over.remove(key);
        if (story == null || !isAnother(story, sighting)) return story;
        close(story);
        release(story);
        return null;
    }

    /// Whether a quiet story and a message in another source only share a Call-ID, as calls made
    /// for tests do: it opens something, and nobody sends that again so late.
    private static boolean isAnother(Story story, Sighting sighting) {
        return sighting.source() != story.source()
                && sighting.message().isRequest()
                && !Facts.isInDialog(sighting.message());
    }

    boolean has(String callId) {
        var key = key(callId);
        return active.containsKey(key) || waiting.containsKey(key) || over.containsKey(key);
    }

    /// Settles this story if it is too large, then, while too much is open, what has been quiet for
    /// longest.
    void makeRoom(Story story) {
        if (story.messages() >= limits.messagesPerStory()) {
            cutShort++;
            active.remove(story.key());
            cutShort(story);
        }
        while (octets > limits.openOctets()
                || active.size() + waiting.size() + over.size() > limits.openStories()) {
            cutShort++;
            if (!over.isEmpty()) release(over.firstEntry().getValue());
            else cutShort((waiting.isEmpty() ? active : waiting).pollFirstEntry().getValue());
        }
    }

    private void cutShort(Story story) {
        close(story);
        release(story);
    }

    /// A quiet story in which a call stands or rings waits; every other is over.
    void settleQuiet(Instant now) {
        while (isQuiet(active, limits.quiet(), now)) {
            var eldest = active.pollFirstEntry();
            if (Openness.isOpen(eldest.getValue())) waiting.put(eldest.getKey(), eldest.getValue());
            else settle(eldest.getValue());
        }
        while (isQuiet(waiting, limits.longest(), now)) {
            settle(waiting.pollFirstEntry().getValue());
        }
        while (isQuiet(over, limits.held(), now)) release(over.firstEntry().getValue());
    }

    /// Whether the story that was seen least recently has been quiet for this long.
    private static boolean isQuiet(
            SequencedMap<CallKey, Story> stories, Duration quiet, Instant now) {
        if (stories.isEmpty()) return false;
        return !stories.firstEntry().getValue().last().plus(quiet).isAfter(now);
    }

    /// Settles everything, as far as it was watched.
    void settleAll() {
        for (var stories : List.of(waiting, active)) {
            stories.values().forEach(this::close);
            stories.clear();
        }
        for (var story : over.values().stream().sorted(IN_TIME).toList()) {
            if (over.containsKey(story.key())) release(story);
        }
    }

    /// Stories that were settled early because a limit was reached.
    long cutShort() {
        return cutShort;
    }

    private void settle(Story story) {
        close(story);
        var file = cases.of(story.callId());
        if (file == null || !isAwaited(file)) release(story);
    }

    private void close(Story story) {
        if (elsewhere.hasAnswered(story) || followed.has(story.callId())) story.answerElsewhere();
        story.remember(elsewhere.past(story));
        over.put(story.key(), story);
    }

    /// Whether more is to be expected of some story of this case.
    private boolean isAwaited(CaseFile file) {
        for (var callId : file.callIds()) {
            var key = key(callId);
            if (active.containsKey(key) || waiting.containsKey(key)) return true;
        }
        return false;
    }

    /// Hands on this story with whatever else of its case is over.
    private void release(Story story) {
        over.remove(story.key());
        octets -= story.octets();
        var file = cases.of(story.callId());
        settled.accept(file == null ? Case.of(story) : caseOf(story, file));
    }

    private Case caseOf(Story story, CaseFile file) {
        var stories = new ArrayList<>(List.of(story));
        for (var callId : file.callIds()) {
            var other = over.remove(key(callId));
            if (other == null) continue;
            octets -= other.octets();
            stories.add(other);
        }
        stories.sort(IN_TIME);
        var whole = !file.isJudged() && !isAwaited(file);
        file.judge();
        return new Case(file.id(), stories, whole, file.links());
    }

    private CallKey key(String callId) {
        return new CallKey(Slice.of(callId), seed);
    }
}
