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

    /// Packets come out of order by less than this.
    private static final Duration BACK = Duration.ofSeconds(2);

    private static final int MOST_JUMPS = 100;

    private final Limits limits;
    private final Consumer<Settled> settled;
    private final OpenStories open;
    private final Cases cases;
    private final Elsewhere elsewhere = new Elsewhere();
    private final Errors errors = new Errors();
    private final Bindings bindings = new Bindings();
    private final Overloads overloads = new Overloads();
    private final Tries tries = new Tries();
    private final Followed followed = new Followed();
    private final Registrations registrations = new Registrations();
    private final List<Gap> gaps = new ArrayList<>();
    private final Views views = new Views();
    private final List<Jump> jumps = new ArrayList<>(0);
    private List<Gap> known = List.of();
    private Instant now = Instant.MIN;
    private Instant previous = Instant.MIN;
    private Instant nextLook = Instant.MIN;
    private long withoutCallId;

    /// Where the clock of a source jumped.
    ///
    /// @param source which of several, counted from 0
    public record Jump(int source, Gap gap) {}

    /// @param seed for the hash of Call-IDs; verdicts do not depend on it
    /// @param settled told of each case when nothing more is expected of it; its stories are its to
    ///   keep
    public Diagnosis(Setting setting, int seed, Consumer<Settled> settled) {
        this.limits = setting.limits();
        this.settled = settled;
        this.cases = new Cases(setting.linkHeaders(), this::isOpen);
        this.open = new OpenStories(setting, seed, cases, elsewhere, followed, this::settle);
    }

    /// Judges each case at once, on the same thread.
    ///
    /// @param verdicts told of each story when it is settled
    public Diagnosis(
            List<Rule> rules, Timers timers, Limits limits, int seed, Consumer<Verdict> verdicts) {
        this(
                new Setting(
                        timers, limits, Setting.DEFAULT.linkHeaders(), Setting.DEFAULT.vantage()),
                seed,
                new Judge(rules, verdicts));
    }

    private boolean isOpen(String callId) {
        return open.has(callId);
    }

    @Override
    public void saw(Sighting sighting) {
        var before = views.isEmpty() ? previous : views.last(sighting.source()).orElse(previous);
        previous = sighting.at();
        if (isJump(before, previous)) jumped(before, sighting);
        if (!views.isEmpty()) views.saw(sighting);
        advanceTo(sighting.at());
        var index = sighting.message().indexOf(HeaderName.CALL_ID);
        if (index < 0) {
            withoutCallId++;
            return;
        }
        var callId = sighting.message().value(index);
        var story = open.add(callId, sighting);
        bindings.learn(sighting);
        overloads.learn(sighting);
        elsewhere.learn(sighting);
        if (sighting.message().isRequest()) cases.learn(story, sighting);
        followed.learn(story.callId(), sighting);
        registrations.learn(sighting, story);
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

    /// One of several sources begins. Sightings name the source they were seen in.
    ///
    /// @param source counted from 0
    public void began(int source, Instant from) {
        views.began(source, from);
    }

    /// One of several sources has ended: what only it could see is not known from then on.
    public void ended(int source, Instant until) {
        views.ended(source, until);
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
    public List<Jump> jumps() {
        return List.copyOf(jumps);
    }

    /// Whether the clock of the source was set, by its last message and this one.
    private boolean isJump(Instant before, Instant at) {
        if (at.isBefore(before)) return Duration.between(at, before).compareTo(BACK) > 0;
        return !before.equals(Instant.MIN) && Duration.between(before, at).compareTo(JUMP) > 0;
    }

    private void jumped(Instant before, Sighting sighting) {
        var gap =
                new Gap(
                        Gap.Kind.SOURCE,
                        sighting.number(),
                        Optional.of(before),
                        Optional.empty(),
                        jump(before, sighting.at()));
        missed(gap);
        if (jumps.size() < MOST_JUMPS) jumps.add(new Jump(sighting.source(), gap));
    }

    private static String jump(Instant before, Instant at) {
        var apart = Duration.between(before, at);
        return apart.isNegative()
                ? "the clock goes back by %s s; nothing can be timed across it"
                        .formatted(apart.negated().toMillis() / 1000.0)
                : "the clock jumps by %d days; nothing is known of what passed meanwhile"
                        .formatted(apart.toDays());
    }

    private void settle(Case stories) {
        for (var story : stories.stories())
            story.relate(bindings.of(story), overloads.of(story), tries.of(story));
        var watch = new Watch(now, known, errors.about(stories), views.spans());
        settled.accept(new Settled(stories, watch));
    }
}
