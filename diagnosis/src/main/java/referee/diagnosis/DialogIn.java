// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

/// A dialog and the story it was found in.
public record DialogIn(Story story, Dialog dialog) {}
