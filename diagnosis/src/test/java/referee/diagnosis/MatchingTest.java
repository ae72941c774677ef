// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import referee.evidence.Endpoint;

class MatchingTest {
    @Test
    void countsARetransmissionToItsFirstCopy() throws IOException {
        var story =
                Traced.story(
                        """
                        0.0 a -> b OPTIONS
                        0.5 a -> b OPTIONS again
                        1.5 a -> b OPTIONS again
                        1.6 b -> a 200 OPTIONS
                        1.7 b -> a 200 OPTIONS again
                        """);

        var options = story.transactions().getFirst();
        assertThat(story.transactions()).hasSize(1);
        assertThat(options.firstHop().requests()).hasSize(3);
        assertThat(options.firstHop().answers()).hasSize(1);
        assertThat(options.firstHop().answers().getFirst().copies()).hasSize(2);
    }

    @Test
    void takesTwoCopiesWithinMillisecondsForOnePacketCapturedTwice() throws IOException {
        var story =
                Traced.story(
                        """
                        0.000 a -> b OPTIONS
                        0.001 a -> b OPTIONS again
                        0.100 b -> a 200 OPTIONS
                        0.101 b -> a 200 OPTIONS again
                        """);

        var hop = story.transactions().getFirst().firstHop();
        assertThat(hop.requests()).hasSize(1);
        assertThat(hop.answers().getFirst().copies()).hasSize(1);
    }

    @Test
    void seesOneRequestOnTwoHopsThroughAProxy() throws IOException {
        var story =
                Traced.story(
                        """
                        actor a 192.0.2.10
                        actor p 192.0.2.1
                        actor b 192.0.2.20
                        0.00 a -> p INVITE
                        0.01 p -> b INVITE relayed record-route
                        0.02 b -> p 486 INVITE
                        0.03 p -> b ACK
                        0.04 p -> a 486 INVITE relayed
                        0.05 a -> p ACK
                        """);

        var invite = story.transactions().getFirst();
        assertThat(story.transactions()).hasSize(1);
        assertThat(invite.hops()).extracting(Hop::depth).containsExactly(1, 2);
        assertThat(invite.client()).isEqualTo(new Endpoint("192.0.2.10", 5060));
        assertThat(invite.lastHop().server()).isEqualTo(new Endpoint("192.0.2.20", 5060));
        assertThat(invite.code()).isEqualTo(486);
    }

    @Test
    void takesTheHopsInTheirOrderEvenIfTheSecondWasCapturedFirst() throws IOException {
        var seen =
                Traced.sightings(
                        """
                        actor a 192.0.2.10
                        actor p 192.0.2.1
                        actor b 192.0.2.20
                        0.00 a -> p OPTIONS
                        0.00 p -> b OPTIONS relayed
                        """);
        var matching = new Matching();

        matching.add(Facts.of(seen.get(1)));
        matching.add(Facts.of(seen.get(0)));

        assertThat(matching.transactions()).hasSize(1);
        assertThat(matching.transactions().getFirst().client().host()).isEqualTo("192.0.2.10");
    }

    @Test
    void takesTheSameCSeqWithANewBranchForAnotherAttempt() throws IOException {
        var story =
                Traced.story(
                        """
                        0.0 a -> b REGISTER cseq=1
                        0.1 b -> a 401 REGISTER
                        0.2 a -> b REGISTER cseq=1
                            Authorization: auto
                        0.3 b -> a 401 REGISTER
                        """);

        assertThat(story.transactions()).hasSize(2);
        assertThat(story.transactions()).allMatch(Transaction::isChallenged);
    }

    @Test
    void givesAnAckOfARefusalToItsHopAndAnAckOfA2xxToTheInvite() throws IOException {
        var refused =
                Traced.story(
                                """
                                0.0 a -> b INVITE
                                0.1 b -> a 486 INVITE
                                0.2 a -> b ACK
                                """)
                        .transactions()
                        .getFirst();
        var answered =
                Traced.story(
                                """
                                0.0 a -> b INVITE
                                0.1 b -> a 200 INVITE
                                0.2 a -> b ACK
                                """)
                        .transactions()
                        .getFirst();

        assertThat(refused.firstHop().acks()).hasSize(1);
        assertThat(refused.acks()).isEmpty();
        assertThat(answered.firstHop().acks()).isEmpty();
        assertThat(answered.acks()).hasSize(1);
    }

    @Test
    void keepsAChallengeAndItsRetryTogether() throws IOException {
        var story =
                Traced.story(
                        """
                        0.0 a -> b INVITE
                        0.1 b -> a 407 INVITE
                        0.2 a -> b ACK
                        0.3 a -> b INVITE
                            Proxy-Authorization: auto
                        0.4 b -> a 200 INVITE
                        0.5 a -> b ACK
                        9.0 a -> b BYE
                        9.1 b -> a 200 BYE
                        """);

        assertThat(story.authentications()).hasSize(1);
        assertThat(story.authentications().getFirst().rounds()).hasSize(2);
        assertThat(story.dialogs()).hasSize(1);
        assertThat(story.dialogs().getFirst().byes()).hasSize(1);
    }
}
