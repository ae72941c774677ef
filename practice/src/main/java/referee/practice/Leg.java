// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import java.util.Optional;
import java.util.stream.Collectors;
import referee.sip.Slice;
import referee.stack.Job;

/// One call of two that are joined: what its phone has described, and what it has been told.
final class Leg {
    private static final String ORIGIN = "o=";

    private final Job job;
    private Optional<Leg> other = Optional.empty();
    private Slice heard = Slice.EMPTY;
    private Slice told = Slice.EMPTY;
    private boolean standing;

    Leg(Job job) {
        this.job = job;
    }

    Job job() {
        return job;
    }

    Optional<Leg> other() {
        return other;
    }

    /// Joins two, each of which leaves whom it was joined to.
    static void join(Leg one, Leg another) {
        one.part();
        another.part();
        one.other = Optional.of(another);
        another.other = Optional.of(one);
    }

    void part() {
        other.ifPresent(was -> was.other = Optional.empty());
        other = Optional.empty();
    }

    /// Whether its INVITE has been answered.
    boolean isStanding() {
        return standing;
    }

    void stands() {
        standing = true;
    }

    void hears(Slice description) {
        if (!description.isEmpty()) heard = description;
    }

    /// What its phone has described last; empty if nothing.
    Slice heard() {
        return heard;
    }

    /// The same for somebody who has not talked to it yet: not held, whoever held it before.
    Slice fresh() {
        if (heard.isEmpty()) return heard;
        return Slice.of(
                heard.text()
                        .lines()
                        .map(line -> isDirection(line) ? "a=sendrecv" : line)
                        .collect(Collectors.joining("\r\n", "", "\r\n")));
    }

    private static boolean isDirection(String line) {
        return line.equals("a=sendonly") || line.equals("a=recvonly") || line.equals("a=inactive");
    }

    /// Puts a description so that to this phone it is the next one of the same session: with the
    /// origin line of the first, and a version that is higher if anything else has changed (RFC
    /// 3264 §8).
    Slice tells(Slice description) {
        if (description.isEmpty()) return description;
        if (!told.isEmpty() && !isTold(description)) told = continued(description);
        else if (told.isEmpty()) told = description;
        return told;
    }

    /// Whether this phone knows all of a description but for its origin line.
    boolean isTold(Slice description) {
        return rest(told).equals(rest(description));
    }

    private static String rest(Slice description) {
        return description
                .text()
                .lines()
                .filter(line -> !line.startsWith(ORIGIN))
                .collect(Collectors.joining("\n"));
    }

    private Slice continued(Slice description) {
        var origin = next(origin(told));
        return Slice.of(
                description
                        .text()
                        .lines()
                        .map(line -> line.startsWith(ORIGIN) ? origin : line)
                        .collect(Collectors.joining("\r\n", "", "\r\n")));
    }

    private static String origin(Slice description) {
        return description
                .text()
                .lines()
                .filter(line -> line.startsWith(ORIGIN))
                .findFirst()
                .orElse("o=- 1 0 IN IP4 0.0.0.0");
    }

    /// The third word is the version (RFC 8866 §5.2); one that is no number begins anew.
    private static String next(String origin) {
        var first = origin.indexOf(' ');
        var second = origin.indexOf(' ', first + 1);
        var third = origin.indexOf(' ', second + 1);
        if (first < 0 || second < 0 || third < 0) return origin;
        var version = Slice.of(origin.substring(second + 1, third)).number();
        return origin.substring(0, second + 1) + Math.max(version + 1, 1) + origin.substring(third);
    }
}
