// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import referee.reference.Code;
import referee.reference.Codes;

/// The traces on the pages of the codes are run like those of the faults: what they find, and how
/// the code reads where it stands, is what the page says. With `-Dreferee.bless=true` both are
/// written instead.
class CodePagesTest {
    private static final Path PAGES = Path.of("../reference/src/main/java/referee/reference/codes");
    private static final boolean BLESS = Boolean.getBoolean("referee.bless");

    @TestFactory
    Stream<DynamicTest> everyTraceFindsAndReadsWhatItsPageSays() {
        return Codes.all().stream().map(code -> dynamicTest(code.title(), () -> check(code)));
    }

    @Test
    void theCodesOfEveryDayHaveATrace() throws IOException {
        var with = new ArrayList<Integer>();
        for (var code : Codes.all()) {
            if (!examples(code).isEmpty()) with.add(code.number());
        }
        assertThat(with)
                .hasSizeGreaterThanOrEqualTo(40)
                .contains(100, 180, 183, 200, 202, 302, 400, 401, 403, 404, 405, 407, 408)
                .contains(415, 420, 422, 423, 480, 481, 482, 483, 484, 486, 487, 488, 489, 491)
                .contains(500, 501, 502, 503, 504, 600, 603, 604, 606, 607, 608);
    }

    private static void check(Code code) throws IOException {
        var file = PAGES.resolve(code.number() + ".md");
        var findings = new ArrayList<String>();
        var readings = new ArrayList<String>();
        for (var example : examples(code)) {
            findings.add(Court.findings(example.trace()));
            readings.add(Court.readings(example.trace(), code.number()));
            assertThat(readings.getLast())
                    .as("%s:%d shows its code", file, example.line())
                    .isNotEmpty();
            if (BLESS) continue;
            assertThat(findings.getLast())
                    .as("%s:%d", file, example.line())
                    .isEqualTo(example.findings());
            assertThat(readings.getLast())
                    .as("%s:%d", file, example.line())
                    .isEqualTo(example.readings());
        }
        if (BLESS) write(file, findings, readings);
    }

    private static List<Examples.Example> examples(Code code) throws IOException {
        return Examples.of(Files.readString(PAGES.resolve(code.number() + ".md")));
    }

    private static void write(Path file, List<String> findings, List<String> readings)
            throws IOException {
        var markdown = Examples.bless(Files.readString(file), "findings", findings);
        Files.writeString(file, Examples.bless(markdown, "readings", readings));
    }
}
