// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import referee.diagnosis.Story;
import referee.evidence.Sighting;
import referee.rules.Reading;
import referee.rules.Readings;

/// The readings of stories, by the response they are of.
final class ReadingsAt {
    private record Place(int source, long frame) {}

    private final Map<Place, Reading> readings = new HashMap<>();

    ReadingsAt add(Story story) {
        for (var reading : Readings.of(story))
            readings.put(new Place(reading.source(), reading.frame()), reading);
        return this;
    }

    Optional<Reading> of(Sighting sighting) {
        if (sighting.message().isRequest()) return Optional.empty();
        return Optional.ofNullable(readings.get(new Place(sighting.source(), sighting.number())));
    }
}
