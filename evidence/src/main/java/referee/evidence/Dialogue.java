// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.List;
import java.util.Optional;

/// A dialog between the two ends of a call (RFC 3261 §12), as the trace's user agents keep it.
final class Dialogue {
    /// @param party From or To without its tag
    /// @param contact the remote target of whoever talks to this end; empty if it never gave one
    /// @param routes in the order in which this end's requests carry them
    private record End(String party, String tag, String contact, List<String> routes) {}

    private End caller;
    private End callee;
    private boolean early = true;

    private Dialogue(End caller, End callee) {
        this.caller = caller;
        this.callee = callee;
    }

    /// Made from the response to the request that opens it; nothing without two tags.
    static Optional<Dialogue> openedBy(Draft response) {
        var recorded = response.all("Record-Route");
        var caller = end(response, "From", recorded.reversed());
        var callee = end(response, "To", recorded);
        if (caller.tag().isEmpty() || callee.tag().isEmpty()) return Optional.empty();
        return Optional.of(new Dialogue(caller, callee));
    }

    private static End end(Draft response, String header, List<String> routes) {
        var party = NameTag.withoutTag(response.get(header).orElse(""));
        return new End(party, NameTag.tag(response, header), "", routes);
    }

    boolean isSame(Dialogue other) {
        return isBetween(other.caller.tag(), other.callee.tag());
    }

    boolean isBetween(String one, String other) {
        return caller.tag().equals(one) && callee.tag().equals(other)
                || caller.tag().equals(other) && callee.tag().equals(one);
    }

    boolean has(String tag) {
        return caller.tag().equals(tag) || callee.tag().equals(tag);
    }

    boolean isEarly() {
        return early;
    }

    void confirm() {
        early = false;
    }

    /// A target refresh by whoever this message comes from (RFC 3261 §12.2).
    ///
    /// @param header From for a request, To for a response
    void refresh(Draft draft, String header) {
        var tag = NameTag.tag(draft, header);
        var contact = draft.get("Contact").map(NameTag::uri).orElse("");
        if (contact.isEmpty()) return;
        if (caller.tag().equals(tag)) {
            caller = new End(caller.party(), caller.tag(), contact, caller.routes());
        } else if (callee.tag().equals(tag)) {
            callee = new End(callee.party(), callee.tag(), contact, callee.routes());
        }
    }

    /// The From of requests of the end with this tag.
    String from(String tag) {
        return NameTag.withTag(me(tag).party(), tag);
    }

    String to(String tag) {
        return NameTag.withTag(peer(tag).party(), peer(tag).tag());
    }

    String remoteTag(String tag) {
        return peer(tag).tag();
    }

    /// The remote target of the end with this tag, if the other end gave one.
    Optional<String> target(String tag) {
        return Optional.of(peer(tag).contact()).filter(contact -> !contact.isEmpty());
    }

    List<String> routes(String tag) {
        return me(tag).routes();
    }

    private End me(String tag) {
        return caller.tag().equals(tag) ? caller : callee;
    }

    private End peer(String tag) {
        return caller.tag().equals(tag) ? callee : caller;
    }
}
