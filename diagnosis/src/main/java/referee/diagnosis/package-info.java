// SPDX-License-Identifier: Apache-2.0
/// Sightings to stories, stories to findings.
///
/// [Diagnosis] takes sightings and gaps in the order of the source and keeps a [Story] for each
/// Call-ID. A story collapses retransmissions and hops into [Transaction]s as they come; when it
/// has been quiet for long enough, or the evidence ends, it is settled: its [Dialog]s,
/// [Authentication]s and [Transfer]s are read off the transactions, the [Rule]s are asked, and a
/// [Verdict] goes out. A rule is a pure function of what it is shown; this module knows the type,
/// and no rule.
///
/// Time is evidence time. Nothing here reads a clock, starts a thread or opens a file. The end of
/// the evidence is not a deadline: a story that ends before one is pending. Every table is bounded
/// by [Limits]; what is let go is counted.
@NullMarked
package referee.diagnosis;

import org.jspecify.annotations.NullMarked;
