// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

/// A story of which nothing more is expected, on its way from [Diagnosis] to [Judge]. Whoever holds
/// it owns the story.
public final class Settled {
    private final Story story;
    private final Watch watch;
    private final String caseId;

    Settled(Story story, Watch watch, String caseId) {
        this.story = story;
        this.watch = watch;
        this.caseId = caseId;
    }

    Story story() {
        return story;
    }

    Watch watch() {
        return watch;
    }

    String caseId() {
        return caseId;
    }
}
