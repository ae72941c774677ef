// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.util.List;

/// The logs that are read.
final class LogFormats {
    /// Every format that is read, a line each.
    static final List<LogFormat> ALL =
            List.of(
                    new AsteriskPjsipLog(),
                    new AsteriskSipLog(),
                    new FreeSwitchLog(),
                    new SipdumpLog(),
                    new SippLog(),
                    new PjsipLog(),
                    new CubeLog(),
                    new CucmLog(),
                    new AudioCodesLog(),
                    new BelleSipLog(),
                    new SngrepLog(),
                    new NgrepLog());

    private LogFormats() {}
}
