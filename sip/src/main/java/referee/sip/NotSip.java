// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// Bytes that are no SIP message.
///
/// @param reason one clause for a person, such as `no SIP version in the first line`
public record NotSip(String reason) implements Parsed {}
