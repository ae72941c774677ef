// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Instant;
import referee.sip.SipMessage;

/// A message that came in.
public record Received(Instant at, Flow flow, SipMessage message) {}
