// SPDX-License-Identifier: Apache-2.0
/// Faults of what goes on within a call: session timers, reliable provisional responses,
/// extensions, re-INVITE, dialogs (RFC 4028, RFC 3262, RFC 3261).
@NullMarked
package referee.rules.session;

import org.jspecify.annotations.NullMarked;
