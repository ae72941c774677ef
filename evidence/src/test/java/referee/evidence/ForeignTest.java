// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static referee.evidence.Packets.join;
import static referee.evidence.Packets.text;

import java.util.HashSet;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class ForeignTest {
    @Test
    void knowsEachKindByItsFirstOctetsAndSaysWhatToTry() {
        for (var kind : Foreign.rows()) {
            var file = join(new byte[kind.at()], kind.magic(), new byte[300]);
            assertThat(Unreadable.why(file))
                    .isEqualTo("is " + kind.what() + " — " + kind.advice())
                    .doesNotContain("\n");
        }
    }

    @Test
    void namesNoKindTwice() {
        var seen = new HashSet<String>();
        for (var kind : Foreign.rows()) {
            assertThat(seen.add(kind.at() + HexFormat.of().formatHex(kind.magic()))).isTrue();
        }
    }

    @Test
    void tellsWhatPeopleHandInInsteadOfACapture() {
        assertThat(Unreadable.why(text("%PDF-1.7\n"))).contains("a PDF", "it shows or quotes");
        assertThat(Unreadable.why(text("\u0089PNG\r\n"))).contains("a picture");
        assertThat(Unreadable.why(text("PK\3\4"))).contains("a zip archive", "unpack");
        assertThat(Unreadable.why(text("SQLite format 3\0"))).contains("a database");
        assertThat(Unreadable.why(text("No.     Time           Source\n")))
                .contains("exported as text", "as pcapng");
        assertThat(Unreadable.why(text("TRSNIFF data    \u001a"))).contains("Sniffer", "editcap");
    }
}
