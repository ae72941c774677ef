// SPDX-License-Identifier: Apache-2.0
/// Turns captures, feeds, logs and `.trace` text into [Sighting]s and [Gap]s.
///
/// A source is read once, from front to back, and pushed to a [Witness] in the order of the source.
/// What cannot be read is a [Gap] with a reason, never silence. The bytes of a message are copied
/// once, out of the reader's block. Every table a source can fill (fragments, streams, addresses)
/// has a limit, and what is dropped is a gap as well.
///
/// Knows nothing of calls or faults; that is `diagnosis`.
@NullMarked
package referee.evidence;

import org.jspecify.annotations.NullMarked;
