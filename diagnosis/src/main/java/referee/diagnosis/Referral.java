// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import referee.sip.HeaderName;
import referee.sip.Replaces;

/// What tells the call that a REFER caused from any other.
final class Referral {
    private final Transfer transfer;
    private final Optional<Party> target;
    private final Optional<Replaces> replaces;

    Referral(Transfer transfer) {
        this.transfer = transfer;
        this.target = transfer.target().flatMap(target -> Party.of(target.target()));
        this.replaces = transfer.target().flatMap(target -> target.replaces().optional());
    }

    List<Referred> in(List<Leg> legs) {
        return legs.stream()
                .filter(leg -> !leg.invite().first().isBefore(transfer.refer().first()))
                .flatMap(this::read)
                .toList();
    }

    private Stream<Referred> read(Leg leg) {
        var invite = leg.invite().message();
        if (invite.isEmpty()) return Stream.empty();
        if (replaces.isPresent() && Case.replaces(leg).filter(this::isSame).isPresent()) {
            return Stream.of(new Referred(leg, Link.Reason.REPLACES, Certainty.PROVEN));
        }
        if (target.isEmpty() || !target.get().isCalledBy(invite.get())) return Stream.empty();
        if (invite.get().has(HeaderName.REFERRED_BY)) {
            return Stream.of(new Referred(leg, Link.Reason.REFERRED_BY, Certainty.PROVEN));
        }
        var sent = leg.invite().client().host().equals(transfer.transferee().host());
        var soon = Cases.isSoon(transfer.refer().first(), leg.invite().first());
        return sent && soon
                ? Stream.of(new Referred(leg, Link.Reason.REFER_TO, Certainty.LIKELY))
                : Stream.empty();
    }

    private boolean isSame(Replaces other) {
        return replaces.orElseThrow().callId().equals(other.callId());
    }
}
