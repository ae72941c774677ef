// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import referee.sip.Contact;
import referee.sip.SipMessage;
import referee.sip.Slice;

/// Something to tell.
///
/// A request ends with exactly one of [Answered] and [Failed]; a registration attempt with
/// [Registered], [Unregistered] or [Failed]; a call with [Failed] or [CallEnded]; a transfer with
/// [Failed] or [TransferOutcome].
public sealed interface Event extends Output {
    Job job();

    /// A provisional response came.
    record Progress(Job job, SipMessage response) implements Event {}

    /// A challenge is being answered.
    ///
    /// @param staleOmitted whether the server asks anew with another nonce and does not say
    ///   `stale=true` (RFC 7616 §3.3)
    record Challenged(
            Job job, SipMessage response, List<String> realms, boolean stale, boolean staleOmitted)
            implements Event {
        public Challenged {
            realms = List.copyOf(realms);
        }
    }

    /// Whether the server has proved that it knows the secret (RFC 7616 §3.5, rspauth).
    record ServerProof(Job job, boolean right) implements Event {}

    /// A 2xx to a single request.
    record Answered(Job job, SipMessage response) implements Event {}

    record Failed(Job job, Failure why) implements Event {}

    /// @param granted how long our binding lives
    /// @param others bindings of the same address-of-record that are not ours
    record Registered(Job job, Duration granted, List<Contact> others) implements Event {
        public Registered {
            others = List.copyOf(others);
        }
    }

    record Unregistered(Job job) implements Event {}

    /// A call comes in; nothing but 100 is answered before the application does.
    ///
    /// @param replaced the call whose place it takes when it is accepted (RFC 3891)
    record Invited(Job job, SipMessage request, Flow flow, Optional<Job> replaced)
            implements Event {}

    /// Our INVITE got its first 2xx, which has been acknowledged.
    record CallAnswered(Job job, SipMessage response) implements Event {}

    /// A 2xx of another fork: acknowledged, and ended with BYE (RFC 3261 §13.2.2.4).
    record ForkAnswered(Job job, SipMessage response) implements Event {}

    /// The ACK of our 2xx came.
    record CallConfirmed(Job job) implements Event {}

    /// The session was described anew.
    record MediaChanged(Job job, boolean heldByPeer) implements Event {}

    /// A re-INVITE, or an UPDATE that offers, in a relayed call: it waits for [UserAgent#reply] to
    /// the call.
    ///
    /// @param request without a body if our 2xx is to make the offer
    record Offered(Job job, SipMessage request) implements Event {}

    /// A 2xx to [UserAgent#offer].
    record OfferAnswered(Job job, SipMessage response) implements Event {}

    /// The ACK answers the offer that our 2xx made in a relayed call.
    record Described(Job job, Slice sdp) implements Event {}

    /// A re-INVITE, UPDATE or SUBSCRIBE that was to refresh the job had no success; the job goes
    /// on.
    record RefreshFailed(Job job, Failure why) implements Event {}

    record CallEnded(Job job, Ending why) implements Event {}

    /// A 2xx to REFER: it is accepted, and says nothing about the outcome.
    ///
    /// @param cseq of the REFER that was accepted: the id of its notifications (RFC 3515 §2.4.6)
    record ReferAccepted(Job job, SipMessage response, long cseq) implements Event {}

    /// A NOTIFY came and was answered 200.
    ///
    /// @param late whether the outcome, or the end of the subscription, has been told before
    record Notified(Job job, SipMessage request, boolean late) implements Event {}

    record TransferOutcome(Job job, Outcome outcome) implements Event {}

    /// A subscription stands, ours (2xx to SUBSCRIBE).
    record Subscribed(Job job, Duration granted) implements Event {}

    /// A subscription is over, ours or the peer's.
    ///
    /// @param reason of its last Subscription-State, or one clause
    record SubscriptionEnded(Job job, String reason) implements Event {}

    /// A request that waits for [UserAgent#reply].
    record Asked(Job job, SipMessage request, Flow flow) implements Event {}

    /// A REFER that waits for [UserAgent#reply] or [UserAgent#follow].
    ///
    /// @param call in whose dialog it came
    record Referred(Job job, SipMessage request, Flow flow, Optional<Job> call) implements Event {}

    /// A NOTIFY of ours has a final response; 0 if there was none.
    record NotifyAnswered(Job job, int code) implements Event {}

    /// A message that belongs to nothing, and what became of it. Its job is 0.
    record Unmatched(SipMessage message, Flow flow, String why) implements Event {
        @Override
        public Job job() {
            return new Job(0);
        }
    }
}
