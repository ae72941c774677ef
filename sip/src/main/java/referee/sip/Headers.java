// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import java.util.List;

/// Every header that has a reader here.
///
/// Challenges and credentials are read by [Challenge#all] and [Credentials#all], since the commas
/// in them do not separate values.
public final class Headers {
    public static final List<HeaderKind<?>> ALL =
            List.of(
                    Allow.KIND,
                    AllowEvents.KIND,
                    AuthenticationInfo.KIND,
                    AuthenticationInfo.PROXY,
                    CSeq.KIND,
                    CallId.KIND,
                    Contact.KIND,
                    ContentLength.KIND,
                    ContentType.KIND,
                    Date.KIND,
                    Event.KIND,
                    Expires.KIND,
                    From.KIND,
                    MaxForwards.KIND,
                    MinExpires.KIND,
                    MinSE.KIND,
                    OptionTag.PROXY_REQUIRE,
                    OptionTag.REQUIRE,
                    OptionTag.SUPPORTED,
                    OptionTag.UNSUPPORTED,
                    PAssertedIdentity.KIND,
                    RAck.KIND,
                    RSeq.KIND,
                    Reason.KIND,
                    RecordRoute.KIND,
                    ReferSub.KIND,
                    ReferTo.KIND,
                    ReferredBy.KIND,
                    Replaces.KIND,
                    RetryAfter.KIND,
                    Route.KIND,
                    Server.KIND,
                    SessionExpires.KIND,
                    SessionId.KIND,
                    SubscriptionState.KIND,
                    TargetDialog.KIND,
                    To.KIND,
                    UserAgent.KIND,
                    Via.KIND,
                    Warning.KIND);

    private Headers() {}
}
