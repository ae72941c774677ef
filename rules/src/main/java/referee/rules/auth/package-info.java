// SPDX-License-Identifier: Apache-2.0
/// Faults of Digest authentication: challenges, credentials and retries (RFC 3261 §22, RFC 7616,
/// RFC 8760).
@NullMarked
package referee.rules.auth;

import org.jspecify.annotations.NullMarked;
