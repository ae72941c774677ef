// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import referee.evidence.Actors.Actor;
import referee.sip.Transport;

/// What the user agents of one call remember between the lines of a trace, and what was said in it.
final class Call {
    private static final int MOST = 10_000;
    private static final Set<String> OPENING = Set.of("INVITE", "SUBSCRIBE", "REFER");
    private static final Set<String> REFRESHING =
            Set.of("INVITE", "SUBSCRIBE", "REFER", "UPDATE", "NOTIFY");

    /// A message that was said, so that later lines can refer to it.
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Said(
            TraceLine.Message line,
            Actor from,
            Actor to,
            Draft draft,
            byte[] bytes,
            Transport transport) {
        String label() {
            return line.label();
        }

        /// Whether its line has all these options.
        boolean has(Map<String, String> options) {
            return line.options().entrySet().containsAll(options.entrySet());
        }

        boolean isAnswerTo(String method) {
            return line.code() > 0 && line.method().equals(method);
        }
    }

    private final String name;
    private final String callId;
    private final Map<Actor, String> tags = new HashMap<>();
    private final Map<Actor, Long> cseqs = new HashMap<>();
    private final List<Said> said = new ArrayList<>();
    private final List<Dialogue> dialogues = new ArrayList<>();

    Call(String name, Actor first) {
        this.name = name;
        this.callId = name + "@" + first.host();
    }

    String name() {
        return name;
    }

    String callId() {
        return callId;
    }

    /// The tag this actor puts on what it says in this call.
    String tag(Actor actor) {
        return tags.getOrDefault(actor, actor.name() + "-" + name);
    }

    long nextCSeq(Actor actor) {
        return cseqs.merge(actor, 1L, Long::sum);
    }

    void cseq(Actor actor, long number) {
        cseqs.put(actor, number);
    }

    /// The dialog in which one end talks to another: the one with this remote tag, else the one
    /// with the actor itself, else the last that this end is in.
    ///
    /// @param remoteTag empty for any
    Optional<Dialogue> dialogue(Actor from, Actor to, String remoteTag) {
        var tag = tag(from);
        return dialogue(one -> one.isBetween(tag, remoteTag))
                .or(() -> dialogue(one -> one.isBetween(tag, tag(to))))
                .or(() -> dialogue(one -> one.has(tag)));
    }

    private Optional<Dialogue> dialogue(Predicate<Dialogue> wanted) {
        return dialogues.reversed().stream().filter(wanted).findFirst();
    }

    /// The last dialog that has this actor for an end.
    Optional<Dialogue> dialogue(Actor end) {
        var tag = tag(end);
        return dialogue(one -> one.has(tag));
    }

    /// What was said, the latest first.
    List<Said> latest() {
        return said.reversed();
    }

    Optional<Said> latest(Predicate<Said> wanted) {
        return said.reversed().stream().filter(wanted).findFirst();
    }

    /// The last request of this method from one to the other.
    Optional<Said> request(String method, Actor from, Actor to) {
        return latest(one ->
                one.label().equals(method) && one.from().equals(from) && one.to().equals(to));
    }

    /// Keeps the message and learns what it tells its ends.
    ///
    /// @param answered the request that a response answers where it is made; empty for a request,
    ///   and for a response that is passed on
    /// @param relayed whether a proxy passes it on
    void heard(Said message, Optional<Draft> answered, boolean relayed) throws TraceError {
        if (said.size() == MOST)
            throw new TraceError("more than " + MOST + " messages in call '" + name + "'");
        said.add(message);
        var draft = message.draft();
        if (!relayed) learnTag(message, answered);
        if (draft.isRequest()) {
            if (REFRESHING.contains(draft.method())) refresh(draft, "From");
            return;
        }
        var method = message.line().method();
        if (draft.code() >= 300 && method.equals("INVITE")) fail(message);
        if (draft.code() <= 100 || draft.code() >= 300) return;
        if (OPENING.contains(method)) open(draft, answered);
        else if (method.equals("UPDATE")) refresh(draft, "To");
    }

    private void learnTag(Said message, Optional<Draft> answered) {
        var opensAs = message.draft().isRequest() ? "From" : "To";
        var dialogless = answered.orElse(message.draft());
        if (!NameTag.tag(dialogless, "To").isEmpty()) return;
        var tag = NameTag.tag(message.draft(), opensAs);
        if (!tag.isEmpty()) tags.put(message.from(), tag);
    }

    private void open(Draft response, Optional<Draft> answered) {
        var opened = Dialogue.openedBy(response);
        if (opened.isEmpty()) return;
        var known = dialogue(one -> one.isSame(opened.get()));
        if (known.isEmpty()) dialogues.add(opened.get());
        var dialogue = known.orElse(opened.get());
        if (response.code() >= 200) dialogue.confirm();
        answered.ifPresent(request -> dialogue.refresh(request, "From"));
        dialogue.refresh(response, "To");
    }

    private void refresh(Draft draft, String end) {
        var from = NameTag.tag(draft, "From");
        var to = NameTag.tag(draft, "To");
        dialogue(one -> one.isBetween(from, to)).ifPresent(one -> one.refresh(draft, end));
    }

    /// A refused INVITE takes its early dialogs along: that of the end that refused, and all once
    /// the caller hears of it (RFC 3261 §12.3).
    private void fail(Said answer) {
        var from = NameTag.tag(answer.draft(), "From");
        var to = NameTag.tag(answer.draft(), "To");
        var callerHears = tag(answer.to()).equals(from);
        dialogues.removeIf(
                one -> one.isEarly() && one.has(from) && (callerHears || one.isBetween(from, to)));
    }
}
