// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.time.Instant;

/// Who is told what a source holds, in the order of the source.
public interface Witness {
    /// Does not listen.
    Witness NOBODY =
            new Witness() {
                @Override
                public void saw(Sighting sighting) {}

                @Override
                public void missed(Gap gap) {}

                @Override
                public void unreachable(Unreachable error) {}
            };

    void saw(Sighting sighting);

    void missed(Gap gap);

    void unreachable(Unreachable error);

    /// The time of the first frame, of whatever content, before anything else is told. Not every
    /// kind of source says so.
    default void began(Instant at) {}
}
