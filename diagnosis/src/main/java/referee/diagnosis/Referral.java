// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.time.Instant;
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

    /// When somebody was referred to the same target again.
    private final List<Instant> repeated;

    /// @param others the other transfers of the case
    Referral(Transfer transfer, List<Transfer> others) {
        this.transfer = transfer;
        this.target = target(transfer);
        this.repeated =
                others.stream()
                        .filter(other -> target(other).equals(target))
                        .map(other -> other.refer().first())
                        .filter(at -> at.isAfter(transfer.refer().first()))
                        .toList();
        this.replaces = transfer.target().flatMap(target -> target.replaces().optional());
    }

    private static Optional<Party> target(Transfer transfer) {
        return transfer.target().flatMap(target -> Party.of(target.target()));
    }

    List<Referred> in(List<Leg> legs) {
        return legs.stream()
                .filter(leg -> isAfter(leg.invite().first()))
                .flatMap(this::read)
                .toList();
    }

    /// Whether a call at that time followed this REFER, and not a later one to the same target.
    private boolean isAfter(Instant call) {
        return !call.isBefore(transfer.refer().first())
                && repeated.stream().noneMatch(again -> !call.isBefore(again));
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
        var soon = Referrals.isSoon(transfer.refer().first(), leg.invite().first());
        return sent && soon
                ? Stream.of(new Referred(leg, Link.Reason.REFER_TO, Certainty.LIKELY))
                : Stream.empty();
    }

    private boolean isSame(Replaces other) {
        return replaces.orElseThrow().callId().equals(other.callId());
    }
}
