// SPDX-License-Identifier: Apache-2.0
/// Faults of addresses and ways: transport, NAT, routing, framing, and where an ACK goes (RFC 3261
/// §12.2 and §18, RFC 3581, RFC 5626).
///
/// An address that cannot be reached is a fault only once something was sent there and not heard:
/// closed networks, proxies that route by flow and reused connections make the same addresses work.
@NullMarked
package referee.rules.network;

import org.jspecify.annotations.NullMarked;
