// SPDX-License-Identifier: Apache-2.0
/// Faults of registrations (RFC 3261 §10).
@NullMarked
package referee.rules.registration;

import org.jspecify.annotations.NullMarked;
