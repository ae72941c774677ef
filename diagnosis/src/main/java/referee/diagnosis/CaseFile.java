// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;

/// What is known of a case before it is judged: which Call-IDs belong to it, and why.
final class CaseFile {
    /// More calls than this are no human event, and would make room for whoever wants to fill
    /// memory.
    private static final int MOST_CALLS = 64;

    private static final int MOST_LINKS = 256;

    private final String id;
    private final SequencedSet<String> callIds = new LinkedHashSet<>(4);
    private final List<Link> links = new ArrayList<>(2);
    private boolean judged;

    CaseFile(String id) {
        this.id = id;
        callIds.add(id);
    }

    String id() {
        return id;
    }

    SequencedSet<String> callIds() {
        return Collections.unmodifiableSequencedSet(callIds);
    }

    List<Link> links() {
        return List.copyOf(links);
    }

    void add(Link link) {
        var known = links.stream().anyMatch(one -> one.equals(link));
        if (!known && links.size() < MOST_LINKS) links.add(link);
    }

    boolean hasRoomFor(CaseFile other) {
        return callIds.size() + other.callIds.size() <= MOST_CALLS;
    }

    void take(CaseFile other) {
        callIds.addAll(other.callIds);
        other.links.forEach(this::add);
        judged |= other.judged;
    }

    /// Whether some of its stories have been judged already.
    boolean isJudged() {
        return judged;
    }

    void judge() {
        judged = true;
    }
}
