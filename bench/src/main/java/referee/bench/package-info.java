// SPDX-License-Identifier: Apache-2.0
/// The traffic generator and the benches. Not released.
@NullMarked
package referee.bench;

import org.jspecify.annotations.NullMarked;
