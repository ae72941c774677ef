// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import referee.evidence.Sighting;
import referee.sip.Methods;

/// Requests of one client that were refused with the same code, one after the other, and the
/// request that followed them (RFC 3261 §8.1.3.5).
///
/// @param refused in the order sent, never empty
/// @param next the first that was not refused with that code; empty if none came
public record Sequel(List<Transaction> refused, Optional<Transaction> next) {
    /// How long a client may take to try again.
    public static final Duration PATIENCE = Duration.ofSeconds(32);

    /// A refused request and the one that its client sent next.
    public record Step(Transaction refused, Transaction then) {}

    public Sequel {
        refused = List.copyOf(refused);
    }

    /// @param methods what kind of request
    public static List<Sequel> of(Story story, Set<String> methods, int code) {
        var sequels = new ArrayList<Sequel>(0);
        var told = new HashSet<Transaction>();
        for (var one : story.transactions()) {
            if (one.code() != code || !methods.contains(one.method()) || !told.add(one)) continue;
            var refused = new ArrayList<>(List.of(one));
            var next = after(one, story);
            while (next != null && next.code() == code) {
                told.add(next);
                refused.add(next);
                next = after(next, story);
            }
            sequels.add(new Sequel(refused, Optional.ofNullable(next)));
        }
        return sequels;
    }

    public Transaction first() {
        return refused.getFirst();
    }

    public Transaction last() {
        return refused.getLast();
    }

    /// Each refused request with the one after it.
    public List<Step> steps() {
        var steps = new ArrayList<Step>(refused.size());
        for (var i = 0; i + 1 < refused.size(); i++) {
            steps.add(new Step(refused.get(i), refused.get(i + 1)));
        }
        next.ifPresent(then -> steps.add(new Step(last(), then)));
        return steps;
    }

    /// Whether nobody tried again in all the time that a client takes for it, although the call
    /// stood and nobody hung up.
    public boolean isGivenUp(Story story) {
        var answer = last().finalAnswer();
        if (next.isPresent() || answer.isEmpty() || story.isOneSided()) return false;
        if (story.isAnsweredElsewhere() || hasTwin(story)) return false;
        if (story.cancelOf(last()).isPresent() || isHungUp(story)) return false;
        var since = answer.get().first().at();
        return story.watchedFor(PATIENCE, since, last().client(), last().server());
    }

    /// Every refused request with its answer.
    public List<Sighting> proof() {
        var proof = new ArrayList<Sighting>(2 * refused.size());
        for (var one : refused) {
            one.request().ifPresent(proof::add);
            one.finalAnswer().ifPresent(answer -> proof.add(answer.first()));
        }
        return proof;
    }

    private boolean isHungUp(Story story) {
        if (!last().isInDialog()) return false;
        var patient = last().last().plus(PATIENCE);
        return story.transactions(Methods.BYE).stream()
                .anyMatch(bye -> bye.first().isBefore(patient));
    }

    private static @Nullable Transaction after(Transaction one, Story story) {
        var seen = false;
        for (var other : story.transactions()) {
            if (seen && isOfSameClient(one, other)) return other;
            seen |= other.equals(one);
        }
        return null;
    }

    private static boolean isOfSameClient(Transaction one, Transaction next) {
        return next.cseq() > one.cseq() && isAlike(one, next);
    }

    /// REGISTER may change its From tag; the branches of a fork have one CSeq number, and are no
    /// further try.
    private static boolean isAlike(Transaction one, Transaction other) {
        return other.is(one.method())
                && other.client().host().equals(one.client().host())
                && other.isInDialog() == one.isInDialog()
                && (one.is(Methods.REGISTER) || other.fromTag().same(one.fromTag()));
    }

    /// Another request with the same number: a branch of a fork, or a try that was not counted up.
    private boolean hasTwin(Story story) {
        return story.transactions(last().method()).stream()
                .anyMatch(one ->
                        !one.equals(last()) && one.cseq() == last().cseq() && isAlike(last(), one));
    }
}
