// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HeadersTest {
    private static final Path SOURCES = Path.of("src/main/java/referee/sip");
    private static final Pattern KIND = Pattern.compile("static final HeaderKind<\\w+>\\s+(\\w+)");

    @Test
    void namesEveryKindThatAFileDeclares() throws IOException {
        var declared = new ArrayList<String>();
        try (var files = Files.list(SOURCES)) {
            for (var file : files.sorted().toList()) {
                var type = file.getFileName().toString().replace(".java", "");
                var kinds = KIND.matcher(Files.readString(file));
                while (kinds.find()) declared.add(type + "." + kinds.group(1));
            }
        }
        var listed =
                Pattern.compile("\\b(\\w+\\.[A-Z_]+)\\b")
                        .matcher(Files.readString(SOURCES.resolve("Headers.java")))
                        .results()
                        .map(found -> found.group(1))
                        .toList();

        assertThat(declared).hasSizeGreaterThan(30);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(declared);
        assertThat(Headers.ALL).hasSameSizeAs(listed);
    }

    @Test
    void hasOneReaderAHeader() {
        assertThat(Headers.ALL).extracting(HeaderKind::name).doesNotHaveDuplicates();
    }

    /// Values made of the pieces that readers look for, and of any octets.
    @Test
    void everyReaderHasAnAnswerToAnything() {
        var seed = System.nanoTime();
        var random = new Random(seed);
        for (var n = 0; n < 20_000; n++) {
            var value = value(random);
            for (var kind : Headers.ALL) {
                try {
                    assertThat(kind.read().apply(value)).isNotNull();
                } catch (RuntimeException e) {
                    fail("seed %d: %s of <%s>".formatted(seed, kind.name(), value), e);
                }
            }
            assertThat(NameAddr.tagOf(value)).isNotNull();
            assertThat(Via.branchOf(value)).isNotNull();
            assertThat(Sipfrag.read(value)).isNotNull();
            assertThat(Sdp.read(value)).isNotNull();
            assertThat(Uri.read(value)).isNotNull();
        }
    }

    private static final List<String> PIECES =
            List.of(
                    "<",
                    ">",
                    "\"",
                    "\\",
                    ";",
                    ",",
                    "=",
                    "?",
                    "&",
                    "@",
                    ":",
                    "[",
                    "]",
                    "(",
                    ")",
                    "%",
                    "%4",
                    "%40",
                    "/",
                    "*",
                    " ",
                    "\r\n ",
                    "\t",
                    "",
                    "sip:",
                    "sips:",
                    "tel:",
                    "tag",
                    "branch",
                    "q",
                    "expires",
                    "lr",
                    "0",
                    "9",
                    "-1",
                    "99999999999999999999",
                    "SIP/2.0",
                    "UDP",
                    "INVITE",
                    "Mon",
                    "Jan",
                    "GMT",
                    "v=0\r\n",
                    "m=",
                    "c=",
                    "o=",
                    "a=rtpmap:",
                    "audio 1 RTP/AVP 0",
                    "Jérôme",
                    "x");

    private static Slice value(Random random) {
        if (random.nextInt(8) == 0) {
            var octets = new byte[random.nextInt(40)];
            random.nextBytes(octets);
            return Slice.of(octets);
        }
        var text = new StringBuilder();
        for (var n = random.nextInt(14); n > 0; n--) {
            text.append(PIECES.get(random.nextInt(PIECES.size())));
        }
        var bytes = ("#" + text + "#").getBytes(UTF_8);
        return new Slice(bytes, 1, bytes.length - 1);
    }
}
