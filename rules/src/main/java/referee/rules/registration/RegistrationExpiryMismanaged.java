// SPDX-License-Identifier: Apache-2.0
package referee.rules.registration;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.POSSIBLE;
import static referee.diagnosis.Role.CLIENT;
import static referee.diagnosis.Role.SERVER;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Finding;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.sip.Methods;

/// A client that registers again only after what it was granted has run out, or that was granted
/// nothing (RFC 3261 §10.2.4).
public final class RegistrationExpiryMismanaged implements Rule.OnStory {
    private static final Duration ON_TIME = Duration.ofSeconds(2);

    /// A registration, and how long after it the next REGISTER came.
    private record Lapse(Binding binding, Binding.Refresh next) {
        Duration passed() {
            return Duration.between(binding.since(), next.at());
        }
    }

    @Override
    public String id() {
        return "registration-expiry-mismanaged";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Story story) {
        if (!story.has(Methods.REGISTER) || story.isOneSided()) return List.of();
        var bindings = Binding.of(story);
        var findings = new ArrayList<Finding>(0);
        bindings.stream()
                .filter(Binding::isRefusedQuietly)
                .findFirst()
                .ifPresent(one -> findings.add(nothing(one, story)));
        lapse(bindings, story).ifPresent(findings::add);
        return findings;
    }

    private Finding nothing(Binding binding, Story story) {
        var says =
                "200 to REGISTER grants %s 0 s where %s were asked for"
                        .formatted(
                                binding.contact(),
                                binding.asked().map(s -> s + " s").orElse("some"));
        return story.finding(this, says)
                .blames(SERVER, binding.register().server())
                .proof(binding.proof())
                .finding();
    }

    private Optional<Finding> lapse(List<Binding> bindings, Story story) {
        var lapses = lapses(bindings, story);
        if (lapses.isEmpty()) return Optional.empty();
        var byRequest =
                lapses.stream().filter(RegistrationExpiryMismanaged::isByRequest).findFirst();
        if (byRequest.isPresent() || lapses.size() > 1)
            return Optional.of(
                    lapsed(byRequest.orElse(lapses.getFirst()), lapses.size(), story)
                            .certainty(LIKELY)
                            .finding());
        var only = lapses.getFirst();
        return only.passed().toSeconds() > 2 * only.binding().granted()
                ? Optional.empty()
                : Optional.of(lapsed(only, 1, story).certainty(POSSIBLE).finding());
    }

    private static List<Lapse> lapses(List<Binding> bindings, Story story) {
        var lapses = new ArrayList<Lapse>(0);
        for (var binding : bindings) {
            var next = binding.next(story);
            if (next.isEmpty() || binding.granted() == 0) continue;
            var lapse = new Lapse(binding, next.get());
            var end = Duration.ofSeconds(binding.granted()).plus(ON_TIME);
            var client = binding.register().client();
            var server = binding.register().server();
            if (lapse.passed().compareTo(end) > 0
                    && story.watchedFor(lapse.passed(), binding.since(), client, server))
                lapses.add(lapse);
        }
        return lapses;
    }

    /// Whether the client waited as if it had been granted what it asked for.
    private static boolean isByRequest(Lapse lapse) {
        var asked = lapse.binding().asked().orElse(0L);
        return asked > lapse.binding().granted()
                && lapse.passed().toSeconds() <= asked + asked / 10;
    }

    private Finding.Draft lapsed(Lapse lapse, int times, Story story) {
        var binding = lapse.binding();
        var asked =
                binding.asked()
                        .filter(seconds -> seconds != binding.granted())
                        .map(" of %d s asked for"::formatted)
                        .orElse("");
        var says =
                "200 granted %d s%s, and the next REGISTER came after %d s%s"
                        .formatted(
                                binding.granted(),
                                asked,
                                lapse.passed().toSeconds(),
                                times > 1 ? ", too late %d times".formatted(times) : "");
        return story.finding(this, says)
                .blames(CLIENT, binding.register().client())
                .proof(binding.proof())
                .proof(lapse.next().request())
                .value("granted", binding.granted())
                .value("half", binding.granted() / 2);
    }
}
