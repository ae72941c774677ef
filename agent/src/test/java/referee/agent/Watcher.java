// SPDX-License-Identifier: Apache-2.0
package referee.agent;

import java.time.Instant;
import java.util.function.BiPredicate;
import referee.evidence.Sighting;
import referee.evidence.Witness;
import referee.stack.SimNet;
import referee.stack.SimNet.Moment;
import referee.stack.SimNet.Packet;

/// Tells a witness what one observer of the simulated network sees.
public final class Watcher implements SimNet.Tap {
    private final BiPredicate<Moment, Packet> sees;
    private final Witness witness;
    private long frames;

    private Watcher(BiPredicate<Moment, Packet> sees, Witness witness) {
        this.sees = sees;
        this.witness = witness;
    }

    /// At a host: what it sends, and what arrives from others.
    ///
    /// @param address in numbers
    public static Watcher at(String address, Witness witness) {
        return new Watcher(
                (moment, packet) ->
                        switch (moment) {
                            case SENT -> packet.source().host().equals(address);
                            case ARRIVED ->
                                    packet.to().host().equals(address)
                                            && !packet.source().host().equals(address);
                            case PASSED -> false;
                        },
                witness);
    }

    /// In the middle of the network: what comes so far.
    public static Watcher between(Witness witness) {
        return new Watcher((moment, _) -> moment == Moment.PASSED, witness);
    }

    @Override
    public void on(Moment moment, Instant at, Packet packet) {
        if (!sees.test(moment, packet)) return;
        witness.saw(
                new Sighting(
                        ++frames,
                        at,
                        Addresses.seen(packet.source()),
                        Addresses.seen(packet.to()),
                        packet.transport(),
                        packet.message()));
    }
}
