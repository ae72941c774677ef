// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EndpointsTest {
    private final Endpoints endpoints = new Endpoints();

    @Test
    void makesEachEndpointOnce() {
        var one = endpoints.of(false, 0, 0xc0000201L, 5060);
        assertThat(one).isEqualTo(new Endpoint("192.0.2.1", 5060));
        assertThat(endpoints.of(false, 0, 0xc0000201L, 5060)).isSameAs(one);
        assertThat(endpoints.of(false, 0, 0xc0000201L, 5061)).isNotEqualTo(one);
    }

    @Test
    void keepsTheFamiliesApart() {
        assertThat(endpoints.of(true, 0, 1, 1).host()).isEqualTo("::1");
        assertThat(endpoints.of(false, 0, 1, 1).host()).isEqualTo("0.0.0.1");
    }

    @Test
    void staysRightBeyondItsLimit() {
        for (var i = 0; i < 200_000; i++) {
            assertThat(endpoints.of(false, 0, i, 5060).host()).isEqualTo(IpText.v4(i));
        }
        assertThat(endpoints.of(false, 0, 7, 5060).host()).isEqualTo("0.0.0.7");
    }
}
