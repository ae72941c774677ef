// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The torture messages of RFC 4475, against the table of what the RFC says of each.
class TortureTest {
    /// One row of the table.
    record Row(String file, String section, Set<String> flaws, String says) {
        static Row of(String line) {
            var cells = line.split("\t", -1);
            var flaws = cells[2].equals("-") ? Set.<String>of() : Set.of(cells[2].split(" "));
            return new Row(cells[0], cells[1], new TreeSet<>(flaws), cells[3]);
        }

        @Override
        public String toString() {
            return file + " §" + section;
        }
    }

    static List<Row> table() throws IOException {
        try (var in = TortureTest.class.getResourceAsStream("rfc4475.tsv")) {
            return new String(in.readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Row::of)
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void givesTheFlawsTheRfcNamesAndNoOthers(Row row) {
        var file = Corpus.folder("torture/rfc4475").resolve(row.file() + ".dat");

        assertThat(flaws(Corpus.bytes(file))).as(row.says()).isEqualTo(row.flaws());
    }

    @Test
    void hasARowForEachOfTheMessages() throws IOException {
        var files =
                Corpus.files("torture/rfc4475").stream()
                        .map(file -> file.getFileName().toString().replace(".dat", ""))
                        .toList();

        assertThat(table()).extracting(Row::file).doesNotHaveDuplicates();
        assertThat(table()).extracting(Row::file).containsExactlyInAnyOrderElementsOf(files);
    }

    @Test
    void hasEverySectionOfTheRfcOnce() throws IOException {
        var sections =
                Stream.of(
                                sections("3.1.1.", 13),
                                sections("3.1.2.", 19),
                                sections("3.2.", 1),
                                sections("3.3.", 15),
                                sections("3.4.", 1))
                        .flatMap(List::stream)
                        .toList();

        assertThat(table().stream().map(Row::section).filter(section -> !section.equals("-")))
                .containsExactlyElementsOf(sections);
    }

    private static List<String> sections(String chapter, int count) {
        return Stream.iterate(1, n -> n + 1).limit(count).map(n -> chapter + n).toList();
    }

    private static Set<String> flaws(byte[] bytes) {
        var found = new TreeSet<String>();
        switch (SipParser.parse(Slice.of(bytes))) {
            case NotSip _ -> found.add("not-sip");
            case SipMessage message ->
                    Inspection.of(message).forEach(flaw -> found.add(flaw.code()));
        }
        return found;
    }
}
