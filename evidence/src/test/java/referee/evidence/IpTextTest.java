// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpTextTest {
    @ParameterizedTest
    @CsvSource({
        "2001:0db8:0000:0000:0000:0000:0000:0001, 2001:db8::1",
        "2001:0db8:0000:0001:0001:0001:0001:0001, 2001:db8:0:1:1:1:1:1",
        "2001:0000:0000:0001:0000:0000:0000:0001, 2001:0:0:1::1",
        "2001:0db8:0000:0000:0001:0000:0000:0001, 2001:db8::1:0:0:1",
        "0000:0000:0000:0000:0000:0000:0000:0000, ::",
        "0000:0000:0000:0000:0000:0000:0000:0001, ::1",
        "FE80:0000:0000:0000:0000:0000:0000:0000, fe80::",
        "0000:0000:0001:0002:0003:0004:0005:0006, ::1:2:3:4:5:6",
        "0001:0002:0003:0004:0005:0006:0000:0000, 1:2:3:4:5:6::",
        "1111:2222:3333:4444:5555:6666:7777:8888, 1111:2222:3333:4444:5555:6666:7777:8888",
        "0000:0000:0000:0000:0000:FFFF:C000:0201, ::ffff:192.0.2.1",
    })
    void writesIpv6InItsShortForm(String groups, String text) {
        var digits = groups.replace(":", "");
        var high = Long.parseUnsignedLong(digits.substring(0, 16), 16);
        var low = Long.parseUnsignedLong(digits.substring(16), 16);
        assertThat(IpText.v6(high, low)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.0.0.0", "-1, 255.255.255.255", "-1073741311, 192.0.2.1"})
    void writesIpv4Dotted(int address, String text) {
        assertThat(IpText.v4(address)).isEqualTo(text);
    }
}
