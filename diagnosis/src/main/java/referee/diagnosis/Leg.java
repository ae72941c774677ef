// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.List;

/// One leg of a call: the INVITE that opened or tried to open it, and the story it is in.
public record Leg(Story story, Transaction invite) {
    /// The dialogs that the INVITE opened; more than one if it was forked.
    public List<Dialog> dialogs() {
        return story.dialogs().stream()
                .filter(dialog -> dialog.invite().filter(invite::equals).isPresent())
                .toList();
    }
}
