// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import referee.diagnosis.Finding;
import referee.diagnosis.Severity;

/// Healthy traffic that looks like a fault: no finding above info, whatever rules there are. Each
/// file says the false verdict it guards against.
class HealthyTest {
    private static final Path FOLDER = Path.of("src/test/resources/healthy");

    @TestFactory
    Stream<DynamicTest> raisesNoAlarm() throws IOException {
        try (var files = Files.list(FOLDER)) {
            return files.sorted().toList().stream()
                    .map(file -> dynamicTest(file.getFileName().toString(), () -> check(file)));
        }
    }

    private static void check(Path file) throws IOException {
        var text = Files.readString(file);
        assertThat(text).as("says what it guards against").startsWith("# ");
        var alarms =
                Court.judge(text).stream()
                        .flatMap(verdict -> verdict.findings().stream())
                        .filter(finding -> finding.severity().compareTo(Severity.INFO) > 0)
                        .map(Finding::fault);
        assertThat(alarms).isEmpty();
    }
}
