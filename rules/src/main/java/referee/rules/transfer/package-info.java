// SPDX-License-Identifier: Apache-2.0
/// Faults of transfers: REFER, its NOTIFYs and the call they are about (RFC 3515, RFC 6665, RFC
/// 5589).
@NullMarked
package referee.rules.transfer;

import org.jspecify.annotations.NullMarked;
