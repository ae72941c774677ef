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
import referee.rules.transfer.CallDestroyedByNotifyTerminated;
import referee.rules.transfer.FinalNotifyByeRace;
import referee.rules.transfer.NotifyBefore2xxRejected;
import referee.rules.transfer.NotifyChallengeUnanswered;
import referee.rules.transfer.NotifySipfragMissing;
import referee.rules.transfer.NotifyTerminatedWithoutOutcome;
import referee.rules.transfer.Refer2xxTakenAsOutcome;
import referee.rules.transfer.ReferChallengeUnanswered;
import referee.rules.transfer.ReferMethodUnsupported;
import referee.rules.transfer.ReferNoFinalResponse;
import referee.rules.transfer.ReferNoNotify;
import referee.rules.transfer.ReferNotify481AfterBye;
import referee.rules.transfer.ReferNotifyIdMismatchAfterAuth;
import referee.rules.transfer.ReferNotifyIdMissingOrMisassigned;
import referee.rules.transfer.ReferNotifyLate;
import referee.rules.transfer.ReferNotifyOutOfOrder;
import referee.rules.transfer.ReferNotifyRefusedByTransferor;
import referee.rules.transfer.ReferNotifyUnanswered;
import referee.rules.transfer.ReferRelayLoop;
import referee.rules.transfer.ReferSubSuppressionMishandled;
import referee.rules.transfer.ReferSubscriptionExpiredEarly;
import referee.rules.transfer.ReferSubscriptionNeverTerminated;
import referee.rules.transfer.ReferToMalformed;
import referee.rules.transfer.SipfragLineEnding;
import referee.rules.transfer.TransferFailedCallLost;
import referee.rules.transfer.TransferorNeverByes;

/// Every rule there is, a line each, in the order of the catalogue. A test compares the list with
/// the files beside it.
public final class Rules {
    public static final List<Rule> ALL =
            List.of(
                    // transfer
                    new ReferNoNotify(),
                    new ReferNotifyLate(),
                    new Refer2xxTakenAsOutcome(),
                    new ReferNotifyRefusedByTransferor(),
                    new ReferNotify481AfterBye(),
                    new ReferNotifyIdMismatchAfterAuth(),
                    new ReferNotifyIdMissingOrMisassigned(),
                    new SipfragLineEnding(),
                    new NotifySipfragMissing(),
                    new NotifyTerminatedWithoutOutcome(),
                    new ReferSubscriptionNeverTerminated(),
                    new ReferSubscriptionExpiredEarly(),
                    new NotifyChallengeUnanswered(),
                    new ReferNotifyUnanswered(),
                    new TransferorNeverByes(),
                    new FinalNotifyByeRace(),
                    new CallDestroyedByNotifyTerminated(),
                    new ReferMethodUnsupported(),
                    new ReferChallengeUnanswered(),
                    new ReferToMalformed(),
                    new ReferRelayLoop(),
                    new ReferNoFinalResponse(),
                    new ReferNotifyOutOfOrder(),
                    new NotifyBefore2xxRejected(),
                    new TransferFailedCallLost(),
                    new ReferSubSuppressionMishandled(),
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
