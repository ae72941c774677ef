// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.util.List;
import referee.diagnosis.Rule;
import referee.rules.call.AckLost;
import referee.rules.call.FinalErrorNotAcked;
import referee.rules.call.HumanOutcomeNotAFault;
import referee.rules.call.InviteNoResponse;
import referee.rules.call.NonInviteNoResponse;
import referee.rules.call.RoutingLoop483;
import referee.rules.transfer.ReferNoNotify;

/// Every rule there is, a line each, in the order of the catalogue. A test compares the list with
/// the files beside it.
public final class Rules {
    public static final List<Rule> ALL =
            List.of(
                    // transfer
                    new ReferNoNotify(),
                    // auth
                    // call
                    new InviteNoResponse(),
                    new NonInviteNoResponse(),
                    new AckLost(),
                    new FinalErrorNotAcked(),
                    new RoutingLoop483(),
                    new HumanOutcomeNotAFault());

    private Rules() {}
}
