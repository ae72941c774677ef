// SPDX-License-Identifier: Apache-2.0
/// What was found, in the forms people and programs read: text, JSON and ladders.
///
/// A [Docket] takes verdicts as they come and keeps short records of them, never messages, so that
/// a report of a large capture is written in bounded memory. The reports format values and write to
/// what they are given; they open nothing. Secrets are masked in one place, [Masking].
@NullMarked
package referee.report;

import org.jspecify.annotations.NullMarked;
