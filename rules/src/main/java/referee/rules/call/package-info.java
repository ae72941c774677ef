// SPDX-License-Identifier: Apache-2.0
/// Faults of call setup, transactions and routing (RFC 3261).
@NullMarked
package referee.rules.call;

import org.jspecify.annotations.NullMarked;
