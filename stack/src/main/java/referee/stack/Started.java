// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.util.List;

/// What a command began, and what is to be done first.
public record Started(Job job, List<Output> outputs) {
    public Started {
        outputs = List.copyOf(outputs);
    }
}
