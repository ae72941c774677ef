// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CaptureInterfaceTest {
    @ParameterizedTest
    @CsvSource({
        "0, 5, 5000000000",
        "3, 5001, 5001000000",
        "6, 5000001, 5000001000",
        "9, 5000000001, 5000000001",
        "12, 5000000001999, 5000000001",
        "18, 5000000001000000000, 5000000001",
        "19, 5, 0",
        "127, 5, 0",
        "128, 5, 5000000000",
        "129, 11, 5500000000",
        "160, 21474836480, 5000000000",
        "168, 5497558138880, 5000000000",
        "191, 9223372036854775807, 999999999",
        "255, 5, 0",
    })
    void countsInDecimalAndBinaryUnits(int resolution, long time, long nanos) {
        assertThat(new CaptureInterface(1, 0, resolution, 0).nanos(time)).isEqualTo(nanos);
    }

    @Test
    void addsItsOffset() {
        assertThat(new CaptureInterface(1, 0, 6, -3).nanos(5_000_000)).isEqualTo(2_000_000_000L);
    }

    @Test
    void putsATimeThatNobodyCanTellAtTheEnd() {
        assertThat(new CaptureInterface(1, 0, 0, 0).nanos(-1)).isEqualTo(Long.MAX_VALUE);
        assertThat(new CaptureInterface(1, 0, 0, Long.MAX_VALUE).nanos(5))
                .isEqualTo(Long.MAX_VALUE);
        assertThat(new CaptureInterface(1, 0, 6, Long.MIN_VALUE).nanos(5))
                .isEqualTo(Long.MIN_VALUE);
    }
}
