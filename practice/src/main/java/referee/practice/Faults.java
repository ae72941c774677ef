// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.List;
import java.util.stream.Stream;

/// The tables of faults, one after the other.
final class Faults {
    static final List<Fault> ALL =
            Stream.of(
                            TransfereeFaults.ALL,
                            TransferorFaults.ALL,
                            TargetFaults.ALL,
                            RegistrarFaults.ALL,
                            ChallengeFaults.ALL,
                            TrunkFaults.ALL,
                            RefusalFaults.ALL,
                            CallerFaults.ALL,
                            MiddleboxFaults.ALL)
                    .flatMap(List::stream)
                    .toList();

    private Faults() {}
}
