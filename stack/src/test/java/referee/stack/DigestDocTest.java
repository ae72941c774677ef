// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DigestDocTest {
    @Test
    void theExampleGivesWhatThePageSays() throws IOException {
        var page = Files.readString(Path.of("../docs/digest.md"));
        var challenge =
                "Digest realm=\"sip.example.net\", nonce=\"6d1f0a5e7b9c4d2e8f3a\", qop=\"auth,auth-int\"";
        var value =
                Authorization.answer(
                        challenge,
                        "REGISTER",
                        "sip:sip.example.net",
                        new byte[0],
                        Pair.ACCOUNT,
                        1,
                        "9fce1b20");
        assertThat(page)
                .contains(challenge.replace("\"", "\\\""))
                .contains("\n" + value.orElseThrow() + "\n");
    }
}
