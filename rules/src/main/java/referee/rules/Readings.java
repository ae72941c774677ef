// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import referee.diagnosis.Answer;
import referee.diagnosis.Story;
import referee.diagnosis.Transaction;
import referee.diagnosis.Transfer;
import referee.reference.Code;
import referee.reference.Codes;
import referee.sip.Contact;
import referee.sip.Expires;
import referee.sip.Methods;

/// Says what each response of a settled story means where it stands, what must come next, and by
/// when.
public final class Readings {
    private record Says(String words, Optional<String> next, Optional<Instant> by) {
        static Says of(String words) {
            return new Says(words, Optional.empty(), Optional.empty());
        }

        Says next(String what) {
            return new Says(words, Optional.of(what), by);
        }

        Says next(String what, Instant deadline) {
            return new Says(words, Optional.of(what), Optional.of(deadline));
        }
    }

    private final Story story;

    private Readings(Story story) {
        this.story = story;
    }

    /// One reading for each different response on each client's hop, by frame.
    public static List<Reading> of(Story story) {
        var readings = new Readings(story);
        var all = new ArrayList<Reading>();
        for (var transaction : story.transactions()) {
            for (var answer : transaction.answers()) all.add(readings.read(transaction, answer));
        }
        all.sort(Comparator.comparingInt(Reading::source).thenComparingLong(Reading::frame));
        return all;
    }

    private Reading read(Transaction transaction, Answer answer) {
        var says = says(transaction, answer);
        return new Reading(
                answer.first().source(),
                answer.first().number(),
                answer.code(),
                transaction.method(),
                says.words(),
                says.next(),
                says.by());
    }

    private Says says(Transaction transaction, Answer answer) {
        if (answer.isProvisional()) return provisional(transaction, answer);
        if (answer.isSuccess()) return success(transaction, answer);
        if (answer.isChallenge()) return challenge(transaction, answer);
        var says = Says.of(Refusals.words(answer.code(), transaction, story));
        return transaction.is(Methods.INVITE) ? says.next("ACK") : says;
    }

    private static Says provisional(Transaction transaction, Answer answer) {
        var says = Codes.orGeneral(answer.code()).map(Code::says).orElse("");
        var early = answer.code() == 183 && !answer.first().message().body().isEmpty();
        var words = early ? says + "; its body can carry early media" : says;
        return Says.of(words).next("a final response to " + transaction.method());
    }

    private Says success(Transaction transaction, Answer answer) {
        return switch (transaction.method()) {
            case Methods.INVITE ->
                    Says.of(
                                    transaction.isInDialog()
                                            ? "the change of the session is accepted"
                                            : "the call is answered")
                            .next("ACK", answer.first().at().plus(story.timers().patience()));
            case Methods.REFER -> refer(transaction, answer);
            case Methods.REGISTER -> Says.of(registered(answer));
            case Methods.SUBSCRIBE ->
                    Says.of("the subscription is accepted")
                            .next("NOTIFY", transaction.first().plus(patience(transaction)));
            case Methods.NOTIFY -> Says.of("the notification arrived");
            case Methods.BYE -> Says.of("the call is over");
            case Methods.CANCEL ->
                    Says.of("the CANCEL arrived; the INVITE is answered by itself")
                            .next("487 to INVITE");
            case Methods.OPTIONS -> Says.of("the other side is alive");
            default -> Says.of("done");
        };
    }

    private Says refer(Transaction refer, Answer answer) {
        var words =
                answer.code() == 202
                        ? Codes.of(202).map(Code::says).orElseThrow()
                        : "accepted, which is not the outcome";
        var quiet =
                story.transfers().stream()
                        .filter(transfer -> transfer.refer().equals(refer))
                        .anyMatch(Transfer::isWithoutSubscription);
        if (quiet) return Says.of(words + "; both sides agreed on no NOTIFY");
        return Says.of(words).next("NOTIFY", refer.first().plus(patience(refer)));
    }

    private static String registered(Answer answer) {
        var message = answer.first().message();
        var contacts = message.values(Contact.KIND);
        if (contacts.isEmpty()) return "no address is registered any more";
        var expires =
                contacts.stream()
                        .flatMap(contact -> contact.expires().stream())
                        .findFirst()
                        .or(() -> message.first(Expires.KIND).optional().map(Expires::seconds));
        return expires.map(seconds -> "registered for " + seconds + " s").orElse("registered");
    }

    private Says challenge(Transaction transaction, Answer answer) {
        var reading = new ChallengeReading(transaction, answer, story);
        var words = reading.words();
        var deadline = answer.first().at().plus(patience(transaction));
        var header = answer.code() == 401 ? "Authorization" : "Proxy-Authorization";
        if (!reading.isToBeAnswered()) return Says.of(words);
        return Says.of(words).next(transaction.method() + " with " + header, deadline);
    }

    private Duration patience(Transaction transaction) {
        return transaction.patience(story.timers());
    }
}
