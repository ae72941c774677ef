// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

/// A case of which nothing more is expected, on its way from [Diagnosis] to [Judge]. Whoever holds
/// it owns its stories.
public final class Settled {
    private final Case stories;
    private final Watch watch;

    Settled(Case stories, Watch watch) {
        this.stories = stories;
        this.watch = watch;
    }

    Case stories() {
        return stories;
    }

    Watch watch() {
        return watch;
    }
}
