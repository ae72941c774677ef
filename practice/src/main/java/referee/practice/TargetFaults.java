// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.keepingBack;
import static referee.practice.Occasion.ATTENDED;
import static referee.practice.Party.TARGET;
import static referee.practice.Written.isRequest;

import java.util.List;

/// What can go wrong with who is called because of a REFER.
final class TargetFaults {
    static final List<Fault> ALL =
            List.of(
                    TARGET.commits(
                            "replaces-ignored-new-call",
                            ATTENDED,
                            "takes an INVITE with Replaces for a new call and keeps the old one",
                            () -> keepingBack(sent -> isRequest(sent, "BYE"))));

    private TargetFaults() {}
}
