// SPDX-License-Identifier: Apache-2.0
package referee.report;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;

/// Files that lie beside these classes in the jar.
final class Resources {
    private Resources() {}

    static String text(String name) throws IOException {
        try (var in = Resources.class.getResourceAsStream(name)) {
            if (in == null) throw new IllegalStateException(name + " is missing");
            return new String(in.readAllBytes(), UTF_8);
        }
    }
}
