// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import referee.sip.Methods;

/// Whether something more is still to be expected of a story that has gone quiet.
final class Openness {
    private Openness() {}

    /// A call that rings or stands, or a transfer that was accepted and has not ended.
    static boolean isOpen(Story story) {
        var answered = false;
        var over = false;
        for (var one : story.transactions()) {
            if (one.is(Methods.INVITE) && !one.isInDialog()) {
                answered |= one.isSuccess();
                if (one.finalAnswer().isEmpty() && one.hasProvisional())
                    return story.cancelOf(one).isEmpty();
            }
            over |= one.is(Methods.BYE);
        }
        return answered && !over || story.has(Methods.REFER) && !hasOutcome(story);
    }

    private static boolean hasOutcome(Story story) {
        return story.transactions(Methods.NOTIFY).stream()
                .map(Notify::of)
                .anyMatch(notify -> notify.isOutcome() || notify.isTerminated());
    }
}
