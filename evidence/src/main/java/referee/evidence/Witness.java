// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

/// Who is told what a source holds, in the order of the source.
public interface Witness {
    void saw(Sighting sighting);

    void missed(Gap gap);

    void unreachable(Unreachable error);
}
