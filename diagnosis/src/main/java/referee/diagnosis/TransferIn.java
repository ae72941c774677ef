// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

/// A transfer and the story it was found in.
public record TransferIn(Story story, Transfer transfer) {}
