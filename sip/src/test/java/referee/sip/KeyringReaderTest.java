// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyringReaderTest {
    @Test
    void readsAnAccountALine() {
        var read =
                read(
                        """
                        # the trunk
                        4930123 trunk.example pass word\r
                          201\t*  ha1:d1fa232595b4453e83ec06e6f8fbb406

                        201 "my realm" ha1-sha-256:a8570feb7ec21941b7df8e88a3d636f915204a6cf2c69c7c9ce9fee330056080
                        """);

        assertThat(read.complaints()).isEmpty();
        assertThat(read.keyring().keys())
                .extracting(AccountKey::user)
                .containsExactly("4930123", "201", "201");
        assertThat(read.keyring().keys().get(0).password()).isEqualTo("pass word".getBytes(UTF_8));
        assertThat(read.keyring().keys().get(1).isFor("anything")).isTrue();
        assertThat(read.keyring().keys().get(2).isFor("my realm")).isTrue();
        assertThat(read.keyring().keys().get(2).hasPassword()).isFalse();
    }

    @Test
    void keepsTheSpacesAtTheEndOfAPassword() {
        assertThat(read("a * b  \n").keyring().keys().getFirst().password())
                .isEqualTo("b  ".getBytes(UTF_8));
    }

    @ParameterizedTest
    @ValueSource(strings = {"alone", "user realm", "user * ha1:12", "user * ha1-sha-256:zz"})
    void complainsOfALineThatIsNoAccountAndQuotesNothingOfIt(String line) {
        var read = read("a * b\n" + line);

        assertThat(read.keyring().keys()).hasSize(1);
        assertThat(read.complaints())
                .singleElement()
                .satisfies(complaint -> {
                    assertThat(complaint.line()).isEqualTo(2);
                    assertThat(complaint.says()).doesNotContain("alone", "12", "zz");
                });
    }

    @Test
    void forgetsPasswordsWhenAsked() {
        var ring = read("a * secret").keyring();
        ring.close();

        assertThat(ring.keys().getFirst().password()).containsOnly(0);
        assertThat(ring.toString()).doesNotContain("secret");
    }

    private static KeyringReader.Result read(String text) {
        return KeyringReader.read(text.getBytes(UTF_8));
    }
}
