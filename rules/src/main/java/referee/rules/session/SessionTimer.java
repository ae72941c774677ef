// SPDX-License-Identifier: Apache-2.0
package referee.rules.session;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Dialog;
import referee.diagnosis.Transaction;
import referee.evidence.Sighting;
import referee.sip.Methods;
import referee.sip.Reason;
import referee.sip.SessionExpires;
import referee.sip.SessionExpires.Refresher;
import referee.sip.Slice;

/// The session timer of a dialog, as the last 2xx before some moment set it (RFC 4028 §7.2 and §9).
///
/// @param by the request whose 2xx it was
/// @param answer that 2xx
record SessionTimer(Transaction by, Sighting answer, SessionExpires interval) {
    private static final Duration EXACT = Duration.ofSeconds(2);
    private static final Duration LATE = Duration.ofSeconds(5);

    private record Accepted(Transaction by, Answer answer) {}

    /// Empty where the last 2xx named no interval: then no timer runs.
    static Optional<SessionTimer> of(Dialog dialog, Instant before) {
        return accepted(dialog).stream()
                .filter(one -> one.answer().first().at().isBefore(before))
                .max(Comparator.comparing(one -> one.answer().first().at()))
                .flatMap(SessionTimer::read);
    }

    private static Optional<SessionTimer> read(Accepted one) {
        var sighting = one.answer().first();
        return sighting.message()
                .first(SessionExpires.KIND)
                .optional()
                .filter(interval -> interval.seconds() > 0)
                .map(interval -> new SessionTimer(one.by(), sighting, interval));
    }

    private static List<Accepted> accepted(Dialog dialog) {
        var accepted = new ArrayList<Accepted>(2);
        dialog.answered()
                .ifPresent(answer ->
                        accepted.add(new Accepted(dialog.invite().orElseThrow(), answer)));
        for (var one : dialog.requests()) {
            if (isRefresh(one) && one.isSuccess())
                accepted.add(new Accepted(one, one.finalAnswer().orElseThrow()));
        }
        return accepted;
    }

    /// Whether a 2xx to this request would have started the timer anew.
    static boolean isRefresh(Transaction request) {
        return request.is(Methods.INVITE) || request.is(Methods.UPDATE);
    }

    Instant since() {
        return answer.at();
    }

    long seconds() {
        return interval.seconds();
    }

    boolean hasRefresher() {
        return interval.refresher().isPresent();
    }

    /// Whether the owner of this tag is the one to refresh.
    boolean isRefresher(Slice tag) {
        var uac = interval.refresher().map(side -> side == Refresher.UAC);
        return uac.isPresent() && by.fromTag().same(tag) == uac.get();
    }

    String refresherWord() {
        return interval.refresher()
                .map(side -> "the refresher, the " + side.name().toLowerCase(Locale.ROOT))
                .orElse("either side");
    }

    /// Whether this is when a side that waits for a refresh hangs up: shortly before the interval
    /// ends (RFC 4028 §10), or at its end.
    boolean isOnTheDot(Duration passed) {
        return isWithin(passed, deadline(), EXACT)
                || isWithin(passed, Duration.ofSeconds(seconds()), LATE);
    }

    boolean isRunningOut(Duration passed) {
        return passed.compareTo(deadline()) >= 0
                && passed.compareTo(Duration.ofSeconds(seconds()).plus(LATE)) <= 0;
    }

    /// Whether the BYE itself says that the timer ran out.
    boolean isNamedBy(Transaction bye) {
        var passed = Duration.between(since(), bye.first());
        return passed.toSeconds() >= seconds() / 2
                && bye.message().stream()
                        .flatMap(message -> message.values(Reason.KIND).stream())
                        .flatMap(reason -> reason.text().stream())
                        .map(text -> text.toLowerCase(Locale.ROOT))
                        .anyMatch(text ->
                                text.contains("session")
                                        && (text.contains("expire") || text.contains("timer")));
    }

    private Duration deadline() {
        return Duration.ofSeconds(seconds() - Math.min(32, seconds() / 3));
    }

    private static boolean isWithin(Duration passed, Duration wanted, Duration tolerance) {
        return passed.minus(wanted).abs().compareTo(tolerance) <= 0;
    }
}
