// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import referee.diagnosis.Finding;
import referee.diagnosis.Severity;
import referee.practice.Fault;
import referee.practice.Occasion;
import referee.rules.Rules;

/// Practice against a good phone, in virtual time: the diagnosis names every fault that practice
/// commits, and none where it commits none.
class PracticeTest {
    private static final Path TABLE = Path.of("../docs/practice-faults.md");

    @Test
    void everyFaultIsOneOfTheCatalogue() {
        var known = new TreeSet<String>();
        Rules.ALL.forEach(rule -> known.add(rule.id()));

        for (var fault : Fault.values()) assertThat(known).contains(fault.id());
    }

    @ParameterizedTest
    @EnumSource
    void raisesNoAlarmWhilePracticeBehavesWell(Occasion occasion) {
        var bout = Bout.fight(occasion, Optional.empty());

        assertThat(bout.findings())
                .as("%s", bout.events())
                .filteredOn(finding -> finding.severity().compareTo(Severity.INFO) > 0)
                .extracting(Finding::fault)
                .isEmpty();
    }

    @Test
    void theDiagnosisNamesEveryFaultThatIsCommitted() throws IOException {
        var found = found();
        var table = table(found);
        if (Boolean.getBoolean("referee.bless")) Files.writeString(TABLE, table);

        assertThat(Files.readString(TABLE)).isEqualTo(table);
        found.forEach((fault, ids) -> {
            if (fault.isForgiven()) assertThat(ids).as(fault.id()).isEmpty();
            else assertThat(ids).as(fault.id()).contains(fault.id());
        });
    }

    static Map<Fault, List<String>> found() {
        var found = new EnumMap<Fault, List<String>>(Fault.class);
        for (var fault : Fault.values()) found.put(fault, found(fault));
        return found;
    }

    private static List<String> found(Fault fault) {
        return Bout.fight(fault.occasion(), Optional.of(fault)).findings().stream()
                .map(Finding::fault)
                .distinct()
                .sorted()
                .toList();
    }

    static String table(Map<Fault, List<String>> found) {
        var text =
                new StringBuilder(
                        """
                        # Faults that practice commits

                        Written by a test: a good phone does what stands in the second column, practice what stands in the third, and what was on the wire is judged.
                        Where the last column says "named", the diagnosis names the fault of the first. Where it says "no harm", a good phone and a good target notice nothing, and neither does anybody else: try it on a worse one.

                        | fault | the phone | practice | |
                        | --- | --- | --- | --- |
                        """);
        found.forEach((fault, ids) -> {
            var others = new ArrayList<>(ids);
            others.remove(fault.id());
            text.append(
                    "| `%s` | %s | %s | %s |%n"
                            .formatted(
                                    fault.id(),
                                    fault.occasion().words(),
                                    fault.says(),
                                    verdict(fault, others)));
        });
        return text.toString();
    }

    private static String verdict(Fault fault, List<String> others) {
        if (fault.isForgiven()) return "no harm";
        return others.isEmpty() ? "named" : "named, and also " + String.join(", ", others);
    }
}
