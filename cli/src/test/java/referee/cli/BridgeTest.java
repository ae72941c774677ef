// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import referee.stack.Calling;
import referee.stack.Ending;
import referee.stack.Event;
import referee.stack.Outcome;
import referee.stack.Transferring;

/// Practice as the PBX between two phones: what one describes reaches the other, and a transfer or
/// a replacement joins the one who stays to the new one. Nobody is to blame for any of it.
class BridgeTest {
    private static final String AT_ALICE = "203.0.113.11 ";
    private static final String AT_BOB = "203.0.113.12 ";
    private static final String AT_CAROL = "203.0.113.13 ";

    private final Office office = new Office();
    private final Office.Phone alice = office.alice;
    private final Office.Phone bob = office.bob;
    private final Office.Phone carol = office.carol;

    private void judge() {
        assertThat(office.run().alarms()).as(office.story()).isEmpty();
    }

    private static Outcome outcome(Office.Phone transferor) {
        return transferor.events(Event.TransferOutcome.class).getLast().outcome();
    }

    private static Ending lastEnding(Office.Phone phone) {
        return phone.events(Event.CallEnded.class).getLast().why();
    }

    @Test
    void passesOnHoldAndResume() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(5, () -> alice.hold(call, true));
                    office.at(
                            6,
                            () -> {
                                assertThat(bob.hears()).isEqualTo(AT_ALICE + "SENDONLY");
                                assertThat(alice.hears()).isEqualTo(AT_BOB + "RECVONLY");
                            });
                    office.at(8, () -> alice.hold(call, false));
                    office.at(20, () -> bob.hangUp(bob.incoming()));
                });
        judge();
        assertThat(bob.hears()).isEqualTo(AT_ALICE + "SENDRECV");
        assertThat(alice.hears()).isEqualTo(AT_BOB + "SENDRECV");
        assertThat(bob.events(Event.MediaChanged.class)).hasSize(2);
        assertThat(lastEnding(alice)).isEqualTo(Ending.BYE);
    }

    @Test
    void passesOnAnUpdateAsAnUpdate() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    var moved =
                            """
                            v=0
                            o=- 77 2 IN IP4 203.0.113.99
                            s=-
                            c=IN IP4 203.0.113.99
                            t=0 0
                            m=audio 4000 RTP/AVP 0
                            a=sendrecv
                            """;
                    office.at(5, () -> alice.offer(call, moved.replace("\n", "\r\n"), true));
                    office.at(20, () -> alice.hangUp(call));
                });
        judge();
        assertThat(bob.hears()).isEqualTo("203.0.113.99 SENDRECV");
        assertThat(alice.events(Event.OfferAnswered.class)).hasSize(1);
        assertThat(office.story()).contains("server → 203.0.113.12:5060 UPDATE");
    }

    @Test
    void answersARefreshWithoutDescriptionItself() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(5, () -> alice.refresh(call));
                    office.at(20, () -> alice.hangUp(call));
                });
        judge();
        assertThat(bob.events(Event.MediaChanged.class)).isEmpty();
        assertThat(alice.events(Event.RefreshFailed.class)).isEmpty();
    }

    @Test
    void bringsTheAnswerOfALateOfferToTheOtherSide() {
        office.at(
                1,
                () -> {
                    var call = alice.call(Calling.of(Office.uri("bob")).offeringLate());
                    office.at(20, () -> alice.hangUp(call));
                });
        judge();
        assertThat(bob.hears()).isEqualTo(AT_ALICE + "SENDRECV");
        assertThat(alice.hears()).isEqualTo(AT_BOB + "SENDRECV");
        assertThat(lastEnding(bob)).isEqualTo(Ending.BYE);
    }

    @Test
    void survivesThatBothHoldAtOnce() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(
                            5,
                            () -> {
                                alice.hold(call, true);
                                bob.hold(bob.incoming(), true);
                            });
                    office.at(30, () -> alice.hangUp(call));
                });
        judge();
        assertThat(alice.events(Event.MediaChanged.class)).isNotEmpty();
        assertThat(bob.events(Event.MediaChanged.class)).isNotEmpty();
        assertThat(lastEnding(bob)).isEqualTo(Ending.BYE);
    }

    @Test
    void joinsWhoStaysToTheTargetOfATransfer() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(5, () -> alice.hold(call, true));
                    office.at(7, () -> alice.refer(call, Transferring.to(Office.uri("carol"))));
                    office.at(12, () -> alice.hangUp(call));
                    office.at(30, () -> bob.hangUp(bob.incoming()));
                });
        judge();
        assertThat(outcome(alice)).isEqualTo(new Outcome.Succeeded(200));
        assertThat(bob.hears()).isEqualTo(AT_CAROL + "SENDRECV");
        assertThat(carol.hears()).isEqualTo(AT_BOB + "SENDRECV");
        assertThat(bob.events(Event.Referred.class)).isEmpty();
        assertThat(lastEnding(carol)).isEqualTo(Ending.BYE);
    }

    @Test
    void tellsOnePhoneOneSessionWhoeverIsBehindIt() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(5, () -> alice.refer(call, Transferring.to(Office.uri("carol"))));
                    office.at(30, () -> bob.hangUp(bob.incoming()));
                });
        office.at(
                4,
                () -> {
                    var before = bob.origin();
                    office.at(
                            20,
                            () -> {
                                assertThat(bob.origin().sessionId()).isEqualTo(before.sessionId());
                                assertThat(bob.origin().version()).isNotEqualTo(before.version());
                            });
                });
        judge();
    }

    @Test
    void hangsUpOnATransferorWhoDoesNot() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(5, () -> alice.refer(call, Transferring.to(Office.uri("carol"))));
                    office.at(40, () -> carol.hangUp(carol.incoming()));
                });
        judge();
        assertThat(lastEnding(alice)).isEqualTo(Ending.BYE);
        assertThat(lastEnding(bob)).isEqualTo(Ending.BYE);
    }

    @Test
    void leavesTheCallAsItIsWhereTheTargetIsBusy() {
        carol.refuses(486);
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(5, () -> alice.refer(call, Transferring.to(Office.uri("carol"))));
                    office.at(9, () -> assertThat(bob.events(Event.CallEnded.class)).isEmpty());
                    office.at(10, () -> alice.hold(call, true));
                    office.at(20, () -> alice.hangUp(call));
                });
        judge();
        assertThat(outcome(alice)).isEqualTo(new Outcome.Failed(486, "Busy Here"));
        assertThat(bob.hears()).isEqualTo(AT_ALICE + "SENDONLY");
    }

    @Test
    void goesOnWhereTheTransferorHangsUpAtOnce() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(
                            5,
                            () -> {
                                alice.refer(call, Transferring.to(Office.uri("carol")));
                                alice.hangUp(call);
                            });
                    office.at(30, () -> bob.hangUp(bob.incoming()));
                });
        judge();
        assertThat(bob.hears()).isEqualTo(AT_CAROL + "SENDRECV");
        assertThat(carol.hears()).isEqualTo(AT_BOB + "SENDRECV");
    }

    @Test
    void letsWhoStaysGoWhereNobodyIsLeft() {
        carol.refuses(603);
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(
                            5,
                            () -> {
                                alice.refer(call, Transferring.to(Office.uri("carol")));
                                alice.hangUp(call);
                            });
                });
        office.run();
        assertThat(lastEnding(bob)).isEqualTo(Ending.BYE);
    }

    @Test
    void letsTheTargetGoWhereWhoStaysHangsUp() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(5, () -> alice.refer(call, Transferring.to(Office.uri("carol"))));
                    office.at(6, () -> bob.hangUp(bob.incoming()));
                });
        office.run();
        assertThat(lastEnding(carol)).isEqualTo(Ending.CANCELLED_BY_PEER);
        assertThat(lastEnding(alice)).isEqualTo(Ending.BYE);
        assertThat(outcome(alice)).isEqualTo(new Outcome.Failed(487, "Request Terminated"));
    }

    @Test
    void joinsTheTwoOthersAfterAConsultation() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(5, () -> alice.hold(call, true));
                    office.at(
                            6,
                            () -> {
                                var consultation = alice.call(carol);
                                office.at(
                                        12,
                                        () ->
                                                alice.refer(
                                                        call, Transferring.attended(consultation)));
                            });
                    office.at(16, () -> alice.hangUp(call));
                    office.at(40, () -> bob.hangUp(bob.incoming()));
                });
        judge();
        assertThat(outcome(alice)).isEqualTo(new Outcome.Succeeded(200));
        assertThat(bob.hears()).isEqualTo(AT_CAROL + "SENDRECV");
        assertThat(carol.hears()).isEqualTo(AT_BOB + "SENDRECV");
        assertThat(lastEnding(carol)).isEqualTo(Ending.BYE);
    }

    @Test
    void refusesASecondTransferWhileTheFirstIsOpen() {
        office.at(
                1,
                () -> {
                    var call = alice.call(bob);
                    office.at(
                            5,
                            () -> {
                                alice.refer(call, Transferring.to(Office.uri("carol")));
                                alice.refer(call, Transferring.to(Office.uri("answer")));
                            });
                    office.at(30, () -> bob.hangUp(bob.incoming()));
                });
        office.run();
        assertThat(alice.events(Event.Failed.class)).hasSize(1);
        assertThat(carol.events(Event.Invited.class)).hasSize(1);
    }
}
