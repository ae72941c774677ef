// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import referee.sip.Flaw;
import referee.sip.HeaderName;

/// A witness that writes down what it is told.
final class Seen implements Witness {
    final List<Sighting> sightings = new ArrayList<>();
    final List<Gap> gaps = new ArrayList<>();
    final List<Unreachable> errors = new ArrayList<>();

    /// Reads a source that is in memory.
    static Seen in(byte[] source) {
        var seen = new Seen();
        seen.read(source);
        return seen;
    }

    static Seen in(CaptureWriter capture) {
        return in(capture.bytes());
    }

    Account read(byte[] source) {
        try {
            return Evidence.read(new ByteArrayInputStream(source), "test", this);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void saw(Sighting sighting) {
        sightings.add(sighting);
    }

    @Override
    public void missed(Gap gap) {
        gaps.add(gap);
    }

    @Override
    public void unreachable(Unreachable error) {
        errors.add(error);
    }

    /// Such as `1 192.0.2.1:5060 > 192.0.2.2:5060 UDP call-1`, with flaws behind if there are any.
    List<String> messages() {
        return sightings.stream().map(Seen::line).toList();
    }

    /// Such as `1 call-1`.
    List<String> calls() {
        return sightings.stream()
                .map(sighting -> sighting.number() + " " + call(sighting))
                .toList();
    }

    /// Such as `snaplen 1: cut off after 96 of 812 octets`.
    List<String> gapLines() {
        return gaps.stream()
                .map(gap -> gap.kind().word() + " " + gap.frame() + ": " + gap.says())
                .toList();
    }

    private static String line(Sighting s) {
        var flaws = s.message().flaws().stream().map(Flaw::code).toList();
        return s.number()
                + (" " + s.from() + " > " + s.to() + " " + s.transport() + " " + call(s))
                + (flaws.isEmpty() ? "" : " " + flaws);
    }

    private static String call(Sighting sighting) {
        return sighting.message().raw(HeaderName.CALL_ID).orElseThrow().text();
    }
}
