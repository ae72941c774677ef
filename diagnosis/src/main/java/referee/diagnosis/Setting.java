// SPDX-License-Identifier: Apache-2.0
package referee.diagnosis;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a [Diagnosis] goes by.
///
/// @param timers what deadlines are counted with
/// @param limits what bounds its memory
/// @param linkHeaders names of headers that link two legs of one call: they carry the Call-ID of
///   the other leg, or the same value on both
/// @param vantage who the evidence was captured at, where the user says so
public record Setting(
        Timers timers, Limits limits, List<String> linkHeaders, Optional<Role> vantage) {
    public static final Setting DEFAULT =
            new Setting(
                    Timers.DEFAULT,
                    Limits.DEFAULT,
                    List.of(
                            "X-Call-ID",
                            "X-CID",
                            "X-Original-Call-ID",
                            "X-Asterisk-UniqueID",
                            "X-Genesys-CallUUID",
                            "Av-Global-Session-ID",
                            "Cisco-Guid"),
                    Optional.empty());

    public Setting {
        linkHeaders = List.copyOf(linkHeaders);
    }

    public Setting with(Limits other) {
        return new Setting(timers, other, linkHeaders, vantage);
    }

    /// The same setting with more headers that link.
    public Setting withLinkHeaders(List<String> more) {
        var all = new ArrayList<>(linkHeaders);
        all.addAll(more);
        return new Setting(timers, limits, all, vantage);
    }

    public Setting withVantage(Role role) {
        return new Setting(timers, limits, linkHeaders, Optional.of(role));
    }
}
