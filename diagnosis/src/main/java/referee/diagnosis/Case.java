// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import referee.evidence.Sighting;
import referee.sip.HeaderName;
import referee.sip.Methods;
import referee.sip.Replaces;
import referee.sip.Slice;

/// The stories of one human event, such as a transfer with the call it caused, or the two legs of a
/// call through a B2BUA. All of them have settled.
public final class Case {
    private static final int MOST_TRANSFERS = 64;

    private static final int MOST_LEGS = 512;

    private final String id;
    private final List<Story> stories;
    private final boolean whole;
    private final List<Link> links;

    Case(String id, List<Story> stories, boolean whole, List<Link> links) {
        this.id = id;
        this.stories = List.copyOf(stories);
        this.whole = whole;
        this.links = links;
    }

    /// A story that belongs with no other.
    static Case of(Story story) {
        return new Case(story.callId(), List.of(story), true, List.of());
    }

    /// The Call-ID of its first story, here or not.
    public String id() {
        return id;
    }

    /// By the time of their first messages; never empty, and no two with the same Call-ID.
    public List<Story> stories() {
        return stories;
    }

    /// Whether every story known to belong to it is here. Where it is not, because one was judged
    /// before or is still open, nothing may be said to be missing.
    public boolean isWhole() {
        return whole;
    }

    public List<Link> links() {
        return links;
    }

    /// The links that this Call-ID is an end of.
    public List<Link> links(String callId) {
        if (links.isEmpty()) return List.of();
        return links.stream()
                .filter(link -> link.earlier().equals(callId) || link.later().equals(callId))
                .toList();
    }

    public Optional<Story> story(String callId) {
        for (var story : stories) {
            if (story.callId().equals(callId)) return Optional.of(story);
        }
        return Optional.empty();
    }

    /// The story that holds this message.
    public Story story(Sighting sighting) {
        return sighting.message()
                .raw(HeaderName.CALL_ID)
                .flatMap(callId -> story(callId.text()))
                .orElse(stories.getFirst());
    }

    /// Begins a finding of this rule; it will be about the story of the first proof it is given.
    ///
    /// @param says one sentence, no full stop, with the numbers that matter
    public Finding.Draft finding(Rule rule, String says) {
        return new Finding.Draft(this::story, rule, says);
    }

    /// The dialog with this Call-ID and these tags, whichever side has which.
    public Optional<DialogIn> dialog(String callId, String oneTag, String otherTag) {
        var story = story(callId);
        if (story.isEmpty()) return Optional.empty();
        return story.get().dialogs().stream()
                .filter(dialog -> dialog.has(Slice.of(oneTag), Slice.of(otherTag)))
                .findFirst()
                .map(dialog -> new DialogIn(story.get(), dialog));
    }

    /// The dialog that a Replaces names. A missing tag names none, as for its receiver (RFC 3891
    /// §3).
    public Optional<DialogIn> dialog(Replaces replaces) {
        return dialog(
                replaces.callId(), replaces.toTag().orElse(""), replaces.fromTag().orElse(""));
    }

    /// The transfers of all stories, by story and then in the order seen; no more than a human
    /// event may have.
    public List<TransferIn> transfers() {
        return stories.stream()
                .flatMap(story -> story.transfers().stream().map(one -> new TransferIn(story, one)))
                .limit(MOST_TRANSFERS)
                .toList();
    }

    /// The INVITEs outside a dialog, in all stories, by story and then in the order seen; no more
    /// than a human event may have.
    public List<Leg> legs() {
        var legs = new ArrayList<Leg>(stories.size());
        for (var story : stories) {
            for (var one : story.transactions()) {
                if (legs.size() >= MOST_LEGS) return legs;
                if (one.is(Methods.INVITE) && !one.isInDialog()) legs.add(new Leg(story, one));
            }
        }
        return legs;
    }

    /// The INVITEs that are to take the place of this dialog (RFC 3891), attempts before a
    /// challenge included; in the order of their stories.
    public List<Leg> replacements(DialogIn replaced) {
        return legs(leg ->
                replaces(leg)
                        .flatMap(this::dialog)
                        .filter(one -> one.dialog() == replaced.dialog())
                        .isPresent());
    }

    /// The calls that a REFER caused, attempts before a challenge included: by Replaces, by
    /// Referred-By, or by target, sender and time.
    public List<Referred> referred(Transfer transfer) {
        var others =
                stories.stream()
                        .flatMap(story -> story.transfers().stream())
                        .filter(other -> !other.equals(transfer))
                        .toList();
        return new Referral(transfer, others).in(legs());
    }

    static Optional<Replaces> replaces(Leg leg) {
        return leg.invite().message().flatMap(invite -> invite.first(Replaces.KIND).optional());
    }

    private List<Leg> legs(Predicate<Leg> wanted) {
        return legs().stream().filter(wanted).toList();
    }
}
