// SPDX-License-Identifier: Apache-2.0
/// The active side of SIP without I/O: transactions, dialogs, registrations, calls, subscriptions,
/// transfers, authentication and the choice of the next target (RFC 3263 §4.3).
///
/// [UserAgent] is the whole of it, client and server. One thread owns it. Each call hands in
/// something that happened, with its time, and returns what is to be done now:
///
/// - **in**: a message ([UserAgent#receive]), time ([UserAgent#tick], due at [UserAgent#wakeAt]),
///   names looked up ([UserAgent#resolved]), transport errors ([UserAgent#failed] for one send,
///   [UserAgent#lost] for a flow), and commands such as [UserAgent#call];
/// - **out**: a list of [Output], in order: [Output.Send] octets to a [Destination],
///   [Output.Lookup] a name, or an [Event] to tell.
///
/// A [Job] names what goes on: a registration, a call, a transfer, a subscription, one request.
/// Commands that begin something return [Started], the job and its outputs; an incoming call or
/// request comes as an event with its job. Nothing is answered twice, nothing is retried blindly.
///
/// Transactions are step functions without state of their own; each is its RFC's figure, line by
/// line ([InviteClient], [NonInviteClient], [InviteServer], [NonInviteServer]). All times are in
/// [Timers]. Randomness is handed in once, so that a run can be repeated.
///
/// Whoever drives it owns sockets, DNS, TLS and the clock, may rewrite, drop or repeat what is to
/// be sent, and need not know SIP. Out of scope: media, proxies, bindings of a registrar.
///
/// Pure: no clock, no thread, no channel, no file. Uses `sip` only.
@NullMarked
package referee.stack;

import org.jspecify.annotations.NullMarked;
