// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class BindingsTest {
    private static final String REGISTERED =
            """
            actor phone 203.0.113.7:40001 writes=10.0.0.5:5060
            actor server 192.0.2.1
            0.0 phone -> server REGISTER call=reg
            0.1 server -> phone 200 REGISTER call=reg
            """;

    @Test
    void tellsARegistrationToTheStoryOfAnUnansweredRequest() throws IOException {
        var bindings =
                bindings(
                        REGISTERED
                                + """
                                90 server -> phone OPTIONS call=ask
                                200 end
                                """);

        assertThat(bindings).hasSize(1);
        assertThat(bindings.getFirst().isTranslated()).isTrue();
        assertThat(bindings.getFirst().lifetime()).isEqualTo(Duration.ofHours(1));
        assertThat(bindings.getFirst().next()).isEmpty();
    }

    @Test
    void tellsWhenAndWhereTheClientRegisteredNext() throws IOException {
        var next =
                bindings(
                                REGISTERED
                                        + """
                                        90 server -> phone OPTIONS call=ask
                                        120.0 phone -> server REGISTER call=reg
                                        120.1 server -> phone 200 REGISTER call=reg
                                        200 end
                                        """)
                        .getFirst()
                        .next()
                        .orElseThrow();

        assertThat(next.client().port()).isEqualTo(40001);
    }

    @Test
    void saysNothingOfARequestThatIsAnswered() throws IOException {
        assertThat(
                        bindings(
                                REGISTERED
                                        + """
                                        90.0 server -> phone OPTIONS call=ask
                                        90.1 phone -> server 200 OPTIONS call=ask
                                        200 end
                                        """))
                .isEmpty();
    }

    @Test
    void forgetsARegistrationThatRanOutOrWasTakenBack() throws IOException {
        var ranOut = REGISTERED + "4000 server -> phone OPTIONS call=ask\n4100 end\n";
        var takenBack =
                REGISTERED
                        + """
                        50.0 phone -> server REGISTER call=reg
                            Expires: 0
                        50.1 server -> phone 200 REGISTER call=reg
                        90 server -> phone OPTIONS call=ask
                        200 end
                        """;

        assertThat(bindings(ranOut)).isEmpty();
        assertThat(bindings(takenBack)).isEmpty();
    }

    private static List<Binding> bindings(String trace) throws IOException {
        return Traced.verdicts(trace).stream()
                .map(Verdict::story)
                .filter(story -> story.has("OPTIONS"))
                .flatMap(story -> story.bindings().stream())
                .toList();
    }
}
