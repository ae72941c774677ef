// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static referee.cli.Said.hasCredentials;
import static referee.cli.Said.isAnswer;
import static referee.cli.Said.isForTrunk;
import static referee.cli.Said.isRequest;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import referee.sip.Credentials;
import referee.sip.HeaderName;
import referee.sip.SipMessage;
import referee.stack.Event;
import referee.stack.Reply;

/// The weakness that each fault of practice needs to do harm; a new one each time.
final class Weaknesses {
    private static final Duration IMPATIENCE = Duration.ofSeconds(35);
    private static final Duration PAUSE = Duration.ofSeconds(1);
    private static final int LARGE = 1400;
    private static final String NO_DIALOG = "Call/Transaction Does Not Exist";

    private static final Optional<Reply> CHALLENGE =
            Optional.of(
                    Reply.of(401)
                            .with(
                                    "WWW-Authenticate",
                                    "Digest realm=\"home\", nonce=\"5f1c8e\", qop=\"auth\","
                                            + " algorithm=MD5"));

    private Weaknesses() {}

    /// @param name of the fault
    static Weakness of(String name) {
        return transfers(name)
                .or(() -> WeakCredentials.of(name))
                .or(() -> calls(name))
                .or(() -> callbacks(name))
                .orElseGet(Weakness::none);
    }

    private static Optional<Weakness> transfers(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "final-notify-bye-race" ->
                            Weakness.of("a phone that forgets its REFER with the call")
                                    .after(came -> isRequest(came, "BYE"))
                                    .answers(sent -> isAnswer(sent, "NOTIFY", 200), 481, NO_DIALOG);
                    case "bye-after-2xx-kills-transfer" ->
                            Weakness.of(
                                            "a phone that hangs up at the 2xx to its REFER, as it may,"
                                                    + " and a target that rings for long")
                                    .target(_ -> Optional.of(Reply.of(180)))
                                    .moves(Weaknesses::hangUpAtOnce);
                    case "refer-2xx-taken-as-outcome" ->
                            Weakness.of("a phone that hangs up at the 2xx to its REFER")
                                    .moves(Weaknesses::hangUpAtOnce);
                    case "referral-params-altered" ->
                            Weakness.of("a target that wants to know who sent the caller")
                                    .target(invite ->
                                            invite.has(HeaderName.REFERRED_BY)
                                                    ? Optional.empty()
                                                    : Optional.of(
                                                            Reply.of(
                                                                    429,
                                                                    "Provide Referrer Identity")));
                    case "notify-before-2xx-rejected" ->
                            Weakness.of("a phone that knows no REFER before its 2xx")
                                    .answers(sent -> isAnswer(sent, "NOTIFY", 200), 481, NO_DIALOG);
                    case "refer-challenge-unanswered" ->
                            Weakness.of("a phone that gives up at a challenge in a call")
                                    .keepsBack(
                                            sent -> isRequest(sent, "REFER") && isForTrunk(sent));
                    case "refer-notify-id-mismatch-after-auth" ->
                            Weakness.of(
                                            "a phone that goes on waiting for the id of its first REFER")
                                    .answers(sent -> isAnswer(sent, "NOTIFY", 200), 481, NO_DIALOG);
                    case "refer-sub-suppression-mishandled" ->
                            Weakness.of("a phone that waits for a NOTIFY all the same")
                                    .moves((client, event) -> {
                                        if (event instanceof Event.ReferAccepted)
                                            client.later(IMPATIENCE, client::hangUpAll);
                                        return event instanceof Event.TransferOutcome;
                                    });
                    case "transfer-moved-wrong-party" ->
                            Weakness.of("a phone that stays in the call")
                                    .moves((_, event) -> event instanceof Event.TransferOutcome);
                    case "notify-challenge-unanswered" ->
                            Weakness.of("a phone that gives up at a challenge in a call")
                                    .keepsBack(
                                            sent -> isRequest(sent, "NOTIFY") && isForTrunk(sent));
                    case "refer-forwarded-to-wrong-hop" ->
                            Weakness.of("another side that takes no REFER").withoutRefer();
                    default -> null;
                });
    }

    private static boolean hangUpAtOnce(Client client, Event event) {
        if (event instanceof Event.ReferAccepted) client.hangUpAll();
        return false;
    }

    private static Optional<Weakness> calls(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "overload-503-mishandled" ->
                            Weakness.of("a phone that dials again at once")
                                    .moves((client, event) -> {
                                        if (event instanceof Event.Failed && client.tries() < 4)
                                            client.later(PAUSE, client::dialAgain);
                                        return false;
                                    });
                    case "route-set-ignored" ->
                            Weakness.of("a phone that goes to the Contact past the recorded route")
                                    .misdirects(
                                            sent -> sent.isRequest() && sent.has(HeaderName.ROUTE),
                                            request -> request.without("Route"),
                                            "192.0.2.1")
                                    .moves((client, event) -> {
                                        if (event instanceof Event.CallAnswered)
                                            client.later(PAUSE, client::hangUpAll);
                                        return event instanceof Event.CallAnswered;
                                    });
                    case "forked-2xx-not-released" -> {
                        var first = new AtomicReference<String>("");
                        yield Weakness.of("a phone that forgets the call it did not take")
                                .overhears(came ->
                                        isAnswer(came, "INVITE", 200)
                                                && first.updateAndGet(tag ->
                                                                tag.isEmpty()
                                                                        ? Said.toTag(came)
                                                                        : tag)
                                                                .length()
                                                        < Said.toTag(came).length());
                    }
                    case "cancel-crosses-200" ->
                            Weakness.of(
                                            "a phone that hears nothing more of a call it has cancelled")
                                    .overhears(came -> isAnswer(came, "INVITE", 200));
                    case "reinvite-glare" ->
                            Weakness.of("a phone that does not try again")
                                    .after(came -> isAnswer(came, "INVITE", 491))
                                    .keepsBack(sent ->
                                            isRequest(sent, "INVITE") && Said.isInDialog(sent));
                    case "in-dialog-challenge-unanswered" ->
                            Weakness.of("a phone that gives up at a challenge in a call")
                                    .keepsBack(sent -> isRequest(sent, "BYE") && isForTrunk(sent));
                    case "challenge-after-provisional-ignored" ->
                            Weakness.of(
                                            "a phone that takes a challenge for a refusal once it rings")
                                    .keepsBack(sent ->
                                            isRequest(sent, "INVITE") && hasCredentials(sent));
                    case "auth-retry-too-large" ->
                            Weakness.of("a network that loses what it would have to cut")
                                    .loses(packet ->
                                            packet.message().isRequest()
                                                    && packet.message().bytes().length() > LARGE);
                    case "no-bye-after-ack-timeout" ->
                            Weakness.of("a phone that does not acknowledge the 200")
                                    .keepsBack(sent ->
                                            isRequest(sent, "ACK")
                                                    && !Said.uri(sent).contains("answer"))
                                    .moves((_, event) -> event instanceof Event.CallAnswered);
                    default -> null;
                });
    }

    private static Optional<Weakness> callbacks(String name) {
        return Optional.ofNullable(
                switch (name) {
                    case "ack-misaddressed" ->
                            Weakness.of("a phone that answers to its own name only")
                                    .overhears(came ->
                                            isRequest(came, "ACK")
                                                    && Said.uri(came).startsWith("sip:nobody"));
                    case "ack-not-repeated" ->
                            Weakness.of("a network that loses the ACK")
                                    .overhears(came ->
                                            isRequest(came, "ACK") && Said.isInDialog(came));
                    case "final-error-not-acked" ->
                            Weakness.of("a phone that is busy")
                                    .called(_ -> Optional.of(Reply.of(486)));
                    case "cancel-before-provisional" ->
                            Weakness.of("a phone that knows no INVITE before it has answered it")
                                    .answers(sent -> isAnswer(sent, "CANCEL", 200), 481, NO_DIALOG);
                    case "uac-auth-cseq-drift", "challenge-not-acked", "cseq-not-incremented" ->
                            Weakness.of("a phone that asks who calls")
                                    .called(Weaknesses::challenge);
                    case "auth-retry-identity-changed" ->
                            Weakness.of(
                                            "a phone that asks who calls, and never sees the same caller")
                                    .called(_ -> CHALLENGE);
                    case "digest-over-rewritten-uri" ->
                            Weakness.of("a phone that asks who calls, and compares the URI")
                                    .called(invite ->
                                            Said.isOfItsUri(invite) ? Optional.empty() : CHALLENGE);
                    case "cancel-of-challenged-invite-mismatch" ->
                            Weakness.of("a phone that asks who calls, and rings")
                                    .called(invite ->
                                            challenge(invite).or(() -> Optional.of(Reply.of(180))));
                    case "udp-fragmented-request" ->
                            Weakness.of("a network that loses what it would have to cut")
                                    .loses(packet -> packet.message().bytes().length() > LARGE);
                    default -> null;
                });
    }

    private static Optional<Reply> challenge(SipMessage invite) {
        return Credentials.all(invite).isEmpty() ? CHALLENGE : Optional.empty();
    }
}
