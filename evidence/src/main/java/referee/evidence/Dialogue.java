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

    private Dialogue(End caller, End callee) {
        this.caller = caller;
        this.callee = callee;
    }

    /// Made from the response to the request that opens it.
    static Dialogue openedBy(Draft response) {
        var recorded = response.all("Record-Route");
        var caller =
                new End(
                        NameTag.withoutTag(response.get("From").orElse("")),
                        NameTag.tag(response, "From"),
                        "",
                        recorded.reversed());
        var callee =
                new End(
                        NameTag.withoutTag(response.get("To").orElse("")),
                        NameTag.tag(response, "To"),
                        contact(response),
                        recorded);
        return new Dialogue(caller, callee);
    }

    boolean isSame(Dialogue other) {
        return caller.tag().equals(other.caller.tag()) && callee.tag().equals(other.callee.tag())
                || caller.tag().equals(other.callee.tag())
                        && callee.tag().equals(other.caller.tag());
    }

    boolean has(String tag) {
        return caller.tag().equals(tag) || callee.tag().equals(tag);
    }

    /// A target refresh by whoever sent this request (RFC 3261 §12.2.1).
    void refresh(Draft request) {
        refresh(NameTag.tag(request, "From"), contact(request));
    }

    /// A target refresh by whoever answered.
    void answer(Draft response) {
        refresh(NameTag.tag(response, "To"), contact(response));
    }

    private void refresh(String tag, String contact) {
        if (contact.isEmpty()) return;
        if (caller.tag().equals(tag)) {
            caller = new End(caller.party(), caller.tag(), contact, caller.routes());
        } else if (callee.tag().equals(tag)) {
            callee = new End(callee.party(), callee.tag(), contact, callee.routes());
        }
    }

    String from(String tag) {
        return NameTag.withTag(me(tag).party(), tag);
    }

    String to(String tag) {
        return NameTag.withTag(peer(tag).party(), peer(tag).tag());
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

    private static String contact(Draft draft) {
        return draft.get("Contact").map(NameTag::uri).orElse("");
    }
}
