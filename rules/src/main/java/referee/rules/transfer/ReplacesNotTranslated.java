// SPDX-License-Identifier: Apache-2.0
package referee.rules.transfer;

import static referee.diagnosis.Certainty.LIKELY;
import static referee.diagnosis.Certainty.PROVEN;
import static referee.diagnosis.Role.MIDDLEBOX;
import static referee.diagnosis.Role.OPERATOR;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import referee.diagnosis.Answer;
import referee.diagnosis.Case;
import referee.diagnosis.DialogIn;
import referee.diagnosis.Finding;
import referee.diagnosis.Leg;
import referee.diagnosis.Party;
import referee.diagnosis.Rule;
import referee.diagnosis.Severity;
import referee.diagnosis.Story;
import referee.evidence.Endpoint;
import referee.sip.Contact;
import referee.sip.Replaces;

/// Replaces names the dialog of one side of an SBC to somebody on its other side (RFC 3891 §3).
public final class ReplacesNotTranslated implements Rule.OnCase {
    private static final Set<Integer> UNKNOWN = Set.of(404, 481);

    @Override
    public String id() {
        return "replaces-not-translated";
    }

    @Override
    public Severity severity() {
        return Severity.HIGH;
    }

    @Override
    public List<Finding> check(Case stories) {
        var findings = new ArrayList<Finding>(0);
        for (var leg : stories.legs()) check(leg, stories).ifPresent(findings::add);
        return findings;
    }

    private Optional<Finding> check(Leg leg, Case stories) {
        var refused =
                leg.invite().finalAnswerAnywhere().filter(one -> UNKNOWN.contains(one.code()));
        var replaced = replaced(leg, stories);
        if (refused.isEmpty() || replaced.isEmpty()) return Optional.empty();
        var receiver = leg.invite().lastHop().server();
        if (hasPartIn(replaced.get().story(), receiver)) return Optional.empty();

        var between = between(replaced.get(), leg);
        var says =
                "Replaces names a dialog that %s has no part in; the INVITE was answered with %d"
                        .formatted(receiver, refused.get().code());
        var draft =
                leg.story()
                        .finding(this, says)
                        .proof(leg.invite().request().stream().toList())
                        .proof(refused.map(Answer::first).stream().toList())
                        .value("call", replaced.get().story().callId());
        return Optional.of(
                between.map(at -> draft.certainty(PROVEN).blames(MIDDLEBOX, at))
                        .orElseGet(() -> draft.certainty(LIKELY).blames(MIDDLEBOX).blames(OPERATOR))
                        .finding());
    }

    /// The element that has both the replaced dialog and the way to the receiver: where it is seen,
    /// it is known whose move it is.
    private static Optional<Endpoint> between(DialogIn replaced, Leg leg) {
        var client = leg.invite().lastHop().client();
        return hosts(replaced.story()).contains(client.host())
                ? Optional.of(client)
                : Optional.empty();
    }

    private static Optional<DialogIn> replaced(Leg leg, Case stories) {
        return leg.invite()
                .message()
                .flatMap(invite -> invite.first(Replaces.KIND).optional())
                .flatMap(stories::dialog)
                .filter(one -> one.dialog().invite().isPresent());
    }

    /// Whether it was seen in that call, or is the Contact of an end of it: then proxies alone lie
    /// between the two ends.
    private static boolean hasPartIn(Story story, Endpoint receiver) {
        return hosts(story).contains(receiver.host())
                || story.sightings()
                        .flatMap(seen -> seen.message().first(Contact.KIND).optional().stream())
                        .flatMap(contact -> contact.address().stream())
                        .flatMap(address -> Party.of(address).stream())
                        .anyMatch(party -> party.host().equals(receiver.host()));
    }

    private static Set<String> hosts(Story story) {
        return story.sightings()
                .flatMap(seen -> Stream.of(seen.from(), seen.to()))
                .map(Endpoint::host)
                .collect(Collectors.toSet());
    }
}
