// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.util.List;
import referee.diagnosis.Rule;
import referee.rules.auth.AckOrCancelChallenged;
import referee.rules.auth.ChallengeHeaderMissing;
import referee.rules.auth.ChallengeUnanswered;
import referee.rules.auth.CredentialsRejected;
import referee.rules.auth.CseqNotIncremented;
import referee.rules.auth.FirstChallengeUnsupported;
import referee.rules.auth.QopWithoutNcCnonce;
import referee.rules.auth.RejectedCredentialsLoop;
import referee.rules.auth.StaleLoop;
import referee.rules.auth.StaleTrueNotRetried;
import referee.rules.auth.WrongCredentialHeader;
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
                    new ChallengeUnanswered(),
                    new CredentialsRejected(),
                    new StaleTrueNotRetried(),
                    new StaleLoop(),
                    new RejectedCredentialsLoop(),
                    new ChallengeHeaderMissing(),
                    new WrongCredentialHeader(),
                    new QopWithoutNcCnonce(),
                    new CseqNotIncremented(),
                    new FirstChallengeUnsupported(),
                    new AckOrCancelChallenged(),
                    // call
                    new InviteNoResponse(),
                    new NonInviteNoResponse(),
                    new AckLost(),
                    new FinalErrorNotAcked(),
                    new RoutingLoop483(),
                    new HumanOutcomeNotAFault());

    private Rules() {}
}
