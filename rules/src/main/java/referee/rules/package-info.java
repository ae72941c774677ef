// SPDX-License-Identifier: Apache-2.0
/// The fault catalogue: a fault is a page, a class and its proof.
///
/// Each fault has a class and a Markdown page of the same name in the package of its family. The
/// page says what the fault means, whose move it is and how it is mended; its traces are run
/// through the real engine by the build, and what they find must be what the page says. [Rules#ALL]
/// lists every rule, a line each. [Readings] says what each response means where it stands.
@NullMarked
package referee.rules;

import org.jspecify.annotations.NullMarked;
