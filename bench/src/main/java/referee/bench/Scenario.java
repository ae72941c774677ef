// SPDX-License-Identifier: Apache-2.0
package referee.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import referee.evidence.Endpoint;

/// What can happen in generated traffic; each is a list of packets with the seconds at which they
/// pass.
enum Scenario {
    REGISTRATION("registration", "-", 340),
    CALL("call", "-", 320),
    PING("other", "-", 120),
    BUSY("call", "-", 60),
    CANCELLED("call", "-", 50),
    TRANSFER("transfer", "-", 60),
    PROXIED("call", "-", 30),
    TRANSFER_WITHOUT_NOTIFY("transfer", "refer-no-notify", 4),
    WRONG_PASSWORD("call", "credentials-rejected", 4),
    ACK_LOST("call", "ack-lost", 3),
    DEAD_TRUNK("call", "invite-no-response", 3),
    DEAD_REGISTRAR("registration", "non-invite-no-response", 3),
    STALE("registration", "stale-loop", 3),
    SILENT_CLIENT("call", "challenge-unanswered", 3);

    /// @param at seconds after the scenario began
    @SuppressWarnings("ArrayRecordComponent") // never compared
    record Packet(double at, Endpoint from, Endpoint to, byte[] bytes) {}

    private static final double[] INVITE_REPEATS = {0, 0.5, 1.5, 3.5, 7.5, 15.5, 31.5};
    private static final double[] OTHER_REPEATS = {
        0, 0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5
    };

    private final String kind;
    private final String fault;
    private final int weight;

    Scenario(String kind, String fault, int weight) {
        this.kind = kind;
        this.fault = fault;
        this.weight = weight;
    }

    String kind() {
        return kind;
    }

    /// The fault it shows, or a dash.
    String fault() {
        return fault;
    }

    /// One of them, by their weights.
    static Scenario pick(SplittableRandom random) {
        var left =
                random.nextInt(java.util.Arrays.stream(values()).mapToInt(one -> one.weight).sum());
        for (var one : values()) {
            left -= one.weight;
            if (left < 0) return one;
        }
        return CALL;
    }

    List<Packet> play(Leg leg, SplittableRandom random) {
        var play = new Play(leg, random);
        switch (this) {
            case REGISTRATION -> play.register("secret");
            case CALL -> play.call(random.nextDouble(20, 180));
            case PING -> play.ping();
            case BUSY -> play.refused(486, "Busy Here", 4);
            case CANCELLED -> play.cancelled();
            case TRANSFER -> play.transfer(true);
            case PROXIED -> play.proxied(random.nextDouble(20, 120));
            case TRANSFER_WITHOUT_NOTIFY -> play.transfer(false);
            case WRONG_PASSWORD -> play.wrongPassword();
            case ACK_LOST -> play.ackLost();
            case DEAD_TRUNK -> play.dead("INVITE", INVITE_REPEATS);
            case DEAD_REGISTRAR -> play.dead("REGISTER", OTHER_REPEATS);
            case STALE -> play.stale();
            case SILENT_CLIENT -> play.challenged();
        }
        return new ArrayList<>(play.packets());
    }
}
