// SPDX-License-Identifier: Apache-2.0
/// The commands. Everything is wired here with `new`: sources, engine, rules and reports.
///
/// Findings go to standard output, everything else to standard error. A command reads its options
/// and calls; what it needs of the world comes in as [World]. Only [Main] ends the process.
@NullMarked
package referee.cli;

import org.jspecify.annotations.NullMarked;
