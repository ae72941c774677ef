// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import referee.evidence.Actors.Actor;

/// What the user agents of one call remember between the lines of a trace.
final class Call {
    private static final Set<String> OPENING = Set.of("INVITE", "SUBSCRIBE", "REFER");

    private final String name;
    private final String callId;
    private final Map<Actor, Long> cseqs = new HashMap<>();
    private final Map<Actor, Draft> challenges = new HashMap<>();
    private final Map<String, Integer> nonceCounts = new HashMap<>();
    private final Set<String> referred = new HashSet<>();
    private Optional<Dialogue> dialogue = Optional.empty();

    Call(String name, Actor first) {
        this.name = name;
        this.callId = name + "@" + first.host();
    }

    String callId() {
        return callId;
    }

    /// The tag this actor puts on everything it says in this call.
    String tag(Actor actor) {
        return actor.name() + "-" + name;
    }

    /// The dialog that stands, if one does.
    Optional<Dialogue> dialogue() {
        return dialogue;
    }

    long nextCSeq(Actor actor) {
        return cseqs.merge(actor, 1L, Long::sum);
    }

    void cseq(Actor actor, long number) {
        cseqs.put(actor, number);
    }

    /// The response that last challenged this actor.
    Optional<Draft> challenge(Actor actor) {
        return Optional.ofNullable(challenges.get(actor));
    }

    int nextNonceCount(String nonce) {
        return nonceCounts.merge(nonce, 1, Integer::sum);
    }

    /// Whether this end got a REFER in this call, so that its NOTIFYs are about that.
    boolean isReferred(String tag) {
        return referred.contains(tag);
    }

    /// Learns what a message tells its ends.
    void heard(Draft draft, Actor from, Actor to, String method) {
        if (draft.code() == 401 || draft.code() == 407) challenges.put(to, draft);
        if (draft.isRequest() && method.equals("REFER")) referred.add(NameTag.tag(draft, "From"));
        if (!OPENING.contains(method)) return;
        if (draft.isRequest()) {
            dialogue.ifPresent(one -> one.refresh(draft));
        } else if (draft.code() > 100 && draft.code() < 300) {
            var opened = Dialogue.openedBy(draft);
            if (dialogue.isEmpty() || !dialogue.get().isSame(opened))
                dialogue = Optional.of(opened);
            else dialogue.get().answer(draft);
        }
    }

    /// Learns the remote target of the side that sent the opening request.
    void opened(Draft request) {
        dialogue.ifPresent(one -> one.refresh(request));
    }
}
