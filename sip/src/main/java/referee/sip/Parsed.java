// SPDX-License-Identifier: Apache-2.0
package referee.sip;

/// What [SipParser] makes of bytes.
public sealed interface Parsed permits SipMessage, NotSip {}
