// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;
import referee.evidence.Endpoint;
import referee.evidence.Sighting;

/// One thing a rule saw. The fix, its references and how to confirm it stand on the fault's page;
/// the values of this case go into their places there.
///
/// @param fault the fault's id, such as `refer-no-notify`
/// @param responsible who has to act; two where the evidence cannot decide, never empty
/// @param callId of the story it is about
/// @param at when the first of its frames passed
/// @param says what was seen: one sentence, no full stop, with the numbers that matter
/// @param source which of several sources the frames are numbered in, counted from 0
/// @param frames the frames that prove it, ascending, never empty; those of its source
/// @param values what fills the places on the fault's page, by name
/// @param sides the User-Agent or Server of both ends of its first proof, where they said one
public record Finding(
        String fault,
        Severity severity,
        Certainty certainty,
        List<Responsible> responsible,
        String callId,
        Instant at,
        String says,
        int source,
        List<Long> frames,
        Map<String, String> values,
        List<String> sides) {

    public Finding {
        if (responsible.isEmpty())
            throw new IllegalArgumentException(fault + " blames nobody at all");
        if (frames.isEmpty()) throw new IllegalArgumentException(fault + " has no frames");
        responsible = List.copyOf(responsible);
        frames = frames.stream().distinct().sorted().toList();
        values = Map.copyOf(values);
        sides = List.copyOf(sides);
    }

    /// A finding being written. Starts as `proven` and with the rule's own severity.
    public static final class Draft {
        private static final int MOST_STORIES = 8;

        private final Function<Sighting, Story> about;
        private final String fault;
        private final String says;
        private Severity severity;
        private Certainty certainty = Certainty.PROVEN;
        private final List<Responsible> responsible = new ArrayList<>();
        private final List<Sighting> proof = new ArrayList<>();
        private final List<Long> otherFrames = new ArrayList<>(0);
        private final Map<String, String> values = new LinkedHashMap<>();

        /// @param about the story that a finding with this first proof is about
        Draft(Function<Sighting, Story> about, Rule rule, String says) {
            this.about = about;
            this.fault = rule.id();
            this.severity = rule.severity();
            this.says = says;
        }

        public Draft severity(Severity value) {
            severity = value;
            return this;
        }

        public Draft certainty(Certainty value) {
            certainty = value;
            return this;
        }

        public Draft blames(Role role) {
            responsible.add(Responsible.of(role));
            return this;
        }

        public Draft blames(Role role, Endpoint at) {
            responsible.add(Responsible.of(role, at));
            return this;
        }

        public Draft proof(Sighting... sightings) {
            return proof(List.of(sightings));
        }

        public Draft proof(List<Sighting> sightings) {
            proof.addAll(sightings);
            return this;
        }

        /// Frames that prove it and are no SIP messages.
        public Draft proofFrames(List<Long> frames) {
            otherFrames.addAll(frames);
            return this;
        }

        /// A value for a place on the fault's page, such as `contact`.
        public Draft value(String name, Object value) {
            values.put(name, value.toString());
            return this;
        }

        /// The finding alone in a list, as a rule returns it.
        public List<Finding> list() {
            return List.of(finding());
        }

        /// @throws IllegalArgumentException if nobody is blamed or nothing proves it
        public Finding finding() {
            if (proof.isEmpty()) throw new IllegalArgumentException(fault + " has no proof");
            var source = proof.getFirst().source();
            var frames = new ArrayList<>(otherFrames);
            for (var one : proof) if (one.source() == source) frames.add(one.number());
            var first = proof.getFirst();
            var story = about.apply(first);
            return new Finding(
                    fault,
                    severity,
                    certainty,
                    responsible.stream().map(this::known).toList(),
                    story.callId(),
                    proof.stream().map(Sighting::at).min(Instant::compareTo).orElseThrow(),
                    says,
                    source,
                    frames,
                    values,
                    Stream.of(first.from(), first.to())
                            .flatMap(end -> story.agents().at(end).stream())
                            .toList());
        }

        private Responsible known(Responsible one) {
            for (var story : proof.stream().map(about).distinct().limit(MOST_STORIES).toList()) {
                var known = one.known(story.agents());
                if (known.agent().isPresent()) return known;
            }
            return one;
        }
    }
}
