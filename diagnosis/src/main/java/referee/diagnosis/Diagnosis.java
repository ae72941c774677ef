// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import referee.evidence.Gap;
import referee.evidence.Sighting;
import referee.evidence.Unreachable;
import referee.evidence.Witness;
import referee.sip.HeaderName;

/// Puts sightings together into stories and those into cases, and hands each case on once all its
/// stories are settled.
///
/// Owned by one thread. Cases go out in the order in which they settle, which is decided by
/// evidence time alone, so the same evidence gives the same verdicts in the same order.
public final class Diagnosis implements Witness {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    /// No capture is quiet for this long; a clock that was set, or files put together, look like
    /// it.
    private static final Duration JUMP = Duration.ofDays(1);

    private static final int MOST_JUMPS = 100;

    private final Limits limits;
    private final Consumer<Settled> settled;
    private final OpenStories open;
    private final Cases cases;
    private final Elsewhere elsewhere = new Elsewhere();
    private final Errors errors = new Errors();
    private final List<Gap> gaps = new ArrayList<>();
    private final List<Gap> jumps = new ArrayList<>(0);
    private List<Gap> known = List.of();
    private Instant now = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private long withoutCallId;

    /// @param seed for the hash of Call-IDs; verdicts do not depend on it
    /// @param settled told of each case when nothing more is expected of it; its stories are its to
    ///   keep
    public Diagnosis(Setting setting, int seed, Consumer<Settled> settled) {
        this.limits = setting.limits();
        this.settled = settled;
        this.cases = new Cases(setting.linkHeaders(), this::isOpen);
        this.open = new OpenStories(setting, seed, cases, elsewhere, this::settle);
    }

    /// Judges each case at once, on the same thread.
    ///
    /// @param verdicts told of each story when it is settled
    public Diagnosis(
            List<Rule> rules, Timers timers, Limits limits, int seed, Consumer<Verdict> verdicts) {
        this(
                new Setting(timers, limits, Setting.DEFAULT.linkHeaders()),
                seed,
                new Judge(rules, verdicts));
    }

    private boolean isOpen(String callId) {
        return open.has(callId);
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
        var story = open.add(callId, sighting);
        if (sighting.message().isRequest()) {
            cases.learn(story, sighting);
            elsewhere.learn(sighting);
        }
        open.makeRoom(story);
    }

    @Override
    public void unreachable(Unreachable error) {
        errors.add(error);
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
        open.settleQuiet(now);
    }

    /// Settles everything that is still open, as far as it was watched.
    ///
    /// @param watchedUntil the end of the evidence; earlier than the last sighting counts as that
    public void finish(Instant watchedUntil) {
        if (watchedUntil.isAfter(now)) now = watchedUntil;
        open.settleAll();
    }

    /// Messages that name no Call-ID and so belong to no story.
    public long withoutCallId() {
        return withoutCallId;
    }

    /// Stories that were settled early because a limit was reached.
    public long cutShort() {
        return open.cutShort();
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

    private void settle(Case stories) {
        settled.accept(new Settled(stories, new Watch(now, known, errors.about(stories))));
    }
}
