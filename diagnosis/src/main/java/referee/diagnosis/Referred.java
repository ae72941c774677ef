// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

/// A call that a REFER caused.
///
/// @param reason how it is known to be one
/// @param certainty `proven` where its messages say so, else `likely`
public record Referred(Leg leg, Link.Reason reason, Certainty certainty) {}
