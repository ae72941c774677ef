// SPDX-License-Identifier: Apache-2.0
package referee.practice;

import static referee.practice.Mischief.deafTo;
import static referee.practice.Mischief.gate;
import static referee.practice.Mischief.inside;
import static referee.practice.Mischief.keepingBack;
import static referee.practice.Mischief.rewriting;
import static referee.practice.Occasion.ATTENDED;
import static referee.practice.Occasion.CALL;
import static referee.practice.Occasion.CANCEL;
import static referee.practice.Occasion.OPTIONS;
import static referee.practice.Occasion.REGISTER;
import static referee.practice.Occasion.TRANSFER;
import static referee.practice.Occasion.TRANSFER_ME;
import static referee.practice.Written.isRequest;
import static referee.practice.Written.isResponse;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import referee.stack.Reply;

/// A fault of the catalogue that practice can commit, or, where it says so, that it lures a client
/// into by something rare that is right.
public enum Fault {
    // the transferee
    REFER_NO_NOTIFY(
            TRANSFER,
            "accepts a REFER with 202 and never sends a NOTIFY",
            () -> inside("REFER", turn -> turn.reply(202))),
    REFER_NOTIFY_LATE(
            TRANSFER,
            "says nothing for 40 s, then sends the outcome as its first NOTIFY",
            () -> inside("REFER", Referrals::late)),
    NOTIFY_TERMINATED_WITHOUT_OUTCOME(
            TRANSFER,
            "ends the subscription at once: 100 Trying, terminated",
            () -> inside("REFER", Referrals::endedAtOnce)),
    NOTIFY_SIPFRAG_MISSING(
            TRANSFER,
            "sends NOTIFYs without a body",
            () -> inside("REFER", Referrals::withoutBody)),
    SIPFRAG_LINE_ENDING(
            TRANSFER, "ends the sipfrag with a bare LF", () -> inside("REFER", Referrals::bareLf)),
    REFER_SUBSCRIPTION_NEVER_TERMINATED(
            TRANSFER,
            "tells the outcome, but leaves the subscription active",
            () -> inside("REFER", Referrals::leftActive)),
    REFER_SUBSCRIPTION_EXPIRED_EARLY(
            TRANSFER,
            "ends the subscription after 5 s, while the target still rings",
            () -> inside("REFER", Referrals::expired)),
    REFER_NOTIFY_ID_MISSING_OR_MISASSIGNED(
            TRANSFER,
            "writes the id of another REFER into Event",
            () -> inside("REFER", Referrals::otherId)),
    REFER_NOTIFY_OUT_OF_ORDER(
            TRANSFER,
            "sends NOTIFYs in the wrong order of their CSeq",
            () -> inside("REFER", Referrals::twoAtOnce).and(new Swapped())),
    FINAL_NOTIFY_BYE_RACE(
            TRANSFER,
            "sends BYE, and the last NOTIFY right behind it",
            () -> inside("REFER", Referrals::byeFirst)),
    BYE_AFTER_2XX_KILLS_TRANSFER(
            TRANSFER, "gives the referred call up when the transferor hangs up", GivesUp::new),
    CALL_DESTROYED_BY_NOTIFY_TERMINATED(
            TRANSFER,
            "forgets the call once the transfer has failed: BYE is answered 481",
            () ->
                    inside("REFER", Referrals::busy)
                            .and(refusing("BYE", 481, "Call/Transaction Does Not Exist"))),
    REFER_DECLINED_BY_POLICY(
            TRANSFER,
            "declines every REFER with 603",
            () -> inside("REFER", turn -> turn.reply(603))),
    REFER_METHOD_UNSUPPORTED(
            TRANSFER,
            "answers REFER with 405",
            () ->
                    inside(
                            "REFER",
                            turn ->
                                    turn.reply(
                                            Reply.of(405)
                                                    .with(
                                                            "Allow",
                                                            "INVITE, ACK, CANCEL, BYE, OPTIONS")))),
    REFER_NO_FINAL_RESPONSE(TRANSFER, "never answers a REFER", () -> inside("REFER", _ -> {})),
    REFER_TARGET_NOT_ROUTABLE(
            TRANSFER,
            "accepts the REFER and cannot dial its target: 404 in the sipfrag",
            () -> inside("REFER", turn -> Referrals.failed(turn, 404, "Not Found"))),
    REFERRED_INVITE_UNAUTHENTICATED(
            TRANSFER,
            "has no account where it is sent: 407 in the sipfrag",
            () ->
                    inside(
                            "REFER",
                            turn -> Referrals.failed(turn, 407, "Proxy Authentication Required"))),
    REFERRAL_PARAMS_ALTERED(
            TRANSFER,
            "leaves Referred-By out of the INVITE it was sent to make",
            () ->
                    rewriting(
                            sent -> isRequest(sent, "INVITE"),
                            invite -> invite.without("Referred-By"))),
    // the target
    REPLACES_IGNORED_NEW_CALL(
            ATTENDED,
            "takes an INVITE with Replaces for a new call and keeps the old one",
            () -> keepingBack(sent -> isRequest(sent, "BYE"))),
    // the transferor
    REFER_NOTIFY_REFUSED_BY_TRANSFEROR(
            TRANSFER_ME,
            "answers the NOTIFYs for its own REFER with 405",
            () -> refusing("NOTIFY", 405, "Method Not Allowed")),
    REFER_TO_MALFORMED(
            TRANSFER_ME,
            "sends a REFER whose Refer-To has no host",
            () ->
                    rewriting(
                            sent -> isRequest(sent, "REFER"),
                            refer -> refer.set("Refer-To", "<sip:2002>"))),
    TRANSFEROR_NEVER_BYES(
            TRANSFER_ME,
            "never hangs up once the transfer has succeeded",
            () -> keepingBack(sent -> isRequest(sent, "BYE"))),
    // the registrar, and who else asks for credentials
    CHALLENGE_HEADER_MISSING(
            REGISTER,
            "answers 401 without WWW-Authenticate",
            () -> gate("REGISTER", turn -> turn.reply(401))),
    STALE_LOOP(
            REGISTER,
            "finds every nonce stale, for ever",
            () -> Mischief.maybeAtTheGate("REGISTER", Gates::staleForEver)),
    STALE_FLAG_MISSING(
            REGISTER,
            "takes a nonce once and asks anew without stale=true",
            () -> Mischief.maybeAtTheGate("REGISTER", new Gates.OncePerNonce()::test)),
    FIRST_CHALLENGE_UNSUPPORTED(
            REGISTER,
            "offers nothing but an algorithm that SIP does not know",
            () -> gate("REGISTER", Gates::unknownAlgorithm)),
    CREDENTIALS_REJECTED(
            REGISTER,
            "takes every password for a wrong one",
            () -> Mischief.maybeAtTheGate("REGISTER", Gates::wrongForEver)),
    MULTI_CHALLENGE_PARTIALLY_ANSWERED(
            CALL,
            "asks in one realm with 407, and then in another with 401",
            () -> Mischief.maybeAtTheGate("INVITE", Gates::twoRealms)),
    ACK_OR_CANCEL_CHALLENGED(
            CANCEL, "answers CANCEL with 401", () -> refusing("CANCEL", 401, "Unauthorized")),
    TRUNK_SOURCE_NOT_ALLOWED(
            CALL,
            "answers INVITE with 403 before it asks for credentials",
            () -> gate("INVITE", turn -> turn.reply(Reply.of(403, "Source address not allowed")))),
    // calls
    INVITE_NO_RESPONSE(
            CALL, "does not hear INVITE", () -> deafTo(came -> isRequest(came, "INVITE"))),
    NON_INVITE_NO_RESPONSE(
            OPTIONS,
            "does not hear OPTIONS and REGISTER",
            () -> deafTo(came -> isRequest(came, "OPTIONS") || isRequest(came, "REGISTER"))),
    PROXY_408_TO_NON_INVITE(
            OPTIONS,
            "answers OPTIONS with 408, as a proxy that gave up",
            () -> refusing("OPTIONS", 408, "Request Timeout")),
    OPTIONS_NONSUCCESS_IS_ALIVE(
            OPTIONS, "answers OPTIONS with 404", () -> inside("OPTIONS", turn -> turn.reply(404))),
    ACK_LOST(CALL, "does not hear ACK", () -> deafTo(came -> isRequest(came, "ACK"))),
    PRIVATE_ADDRESS_IN_CONTACT(
            CALL,
            "gives a private address as its Contact",
            () ->
                    rewriting(
                            sent -> isResponse(sent, "INVITE", 200),
                            ok -> ok.set("Contact", "<sip:practice@10.11.12.13:5060>"))),
    MISSING_CONTACT_IN_2XX(
            CALL,
            "answers INVITE with a 200 without Contact",
            () -> rewriting(sent -> isResponse(sent, "INVITE", 200), ok -> ok.without("Contact"))),
    FRAMING_CONTENT_LENGTH(
            CALL,
            "promises more octets in Content-Length than it sends",
            () ->
                    rewriting(
                            sent -> isResponse(sent, "INVITE", 200),
                            ok -> ok.set("Content-Length", ok.body().length() + 32))),
    SESSION_INTERVAL_422(
            CALL, "answers 422 without Min-SE", () -> inside("INVITE", turn -> turn.reply(422))),
    SESSION_REFRESH_MISSING(
            CALL,
            "promises to refresh the session and does not",
            () ->
                    inside("INVITE", turn -> turn.reply(Calls.refreshedByUs()))
                            .and(keepingBack(Calls::refreshes))),
    EXTENSION_NEGOTIATION_FAILED(
            CALL,
            "answers 421: it insists on an extension that nobody has",
            () ->
                    inside(
                            "INVITE",
                            turn -> turn.reply(Reply.of(421).with("Require", "x-practice")))),
    PRACK_MISSING_OR_UNMATCHED(
            CALL,
            "rings reliably and knows no PRACK",
            () -> inside("INVITE", Calls::reliably).and(refusing("PRACK", 481, "No such RSeq"))),
    CALLEE_NOT_REGISTERED(
            CALL, "answers INVITE with 480", () -> inside("INVITE", turn -> turn.reply(480))),
    NUMBER_FORMAT_REJECTED(
            CALL, "answers INVITE with 484", () -> inside("INVITE", turn -> turn.reply(484))),
    FORBIDDEN_BY_POLICY(
            CALL,
            "answers INVITE with 403 though the credentials are right",
            () -> inside("INVITE", turn -> turn.reply(Reply.of(403, "Caller number not allowed")))),
    MEDIA_NEGOTIATION_488(
            CALL,
            "answers INVITE with 488",
            () ->
                    inside(
                            "INVITE",
                            turn ->
                                    turn.reply(
                                            Reply.of(488)
                                                    .with(
                                                            "Warning",
                                                            "305 practice \"Incompatible media"
                                                                    + " format\"")))),
    MERGED_OR_SPIRAL_482(
            CALL,
            "takes an INVITE for a loop: 482",
            () -> inside("INVITE", turn -> turn.reply(482))),
    ROUTING_LOOP_483(
            CALL,
            "answers INVITE with 483 as after too many hops",
            () -> inside("INVITE", turn -> turn.reply(483))),
    REDIRECT_NOT_FOLLOWED(
            CALL,
            "redirects with 302 and says not whereto",
            () -> inside("INVITE", turn -> turn.reply(302))),
    DIALOG_LOST_481(
            CALL,
            "forgets calls: BYE is answered 481",
            () -> refusing("BYE", 481, "Call/Transaction Does Not Exist")),
    OVERLOAD_503_MISHANDLED(
            CALL,
            "refuses single calls with 503",
            () -> inside("INVITE", turn -> turn.reply(Reply.of(503).with("Retry-After", 30)))),
    REGISTER_INTERVAL_423(
            REGISTER,
            "answers 423 without Min-Expires",
            () -> inside("REGISTER", turn -> turn.reply(423))),
    REGISTRATION_EXPIRY_MISMANAGED(
            REGISTER, "answers 200 and grants 0 s", () -> inside("REGISTER", Calls::grantsNothing));

    private final Occasion occasion;
    private final String says;

    @SuppressWarnings("ImmutableEnumChecker") // gives a new one each time
    private final Supplier<Mischief> mischief;

    Fault(Occasion occasion, String says, Supplier<Mischief> mischief) {
        this.occasion = occasion;
        this.says = says;
        this.mischief = mischief;
    }

    private static Mischief refusing(String method, int code, String reason) {
        return rewriting(
                sent -> isResponse(sent, method, 200), ok -> Written.status(ok, code, reason));
    }

    /// Its id in the catalogue.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// What the client does for it to be committed.
    public Occasion occasion() {
        return occasion;
    }

    /// Whether a good client and a good target take no harm, so that nobody can see anything wrong.
    public boolean isForgiven() {
        return switch (this) {
            case FINAL_NOTIFY_BYE_RACE,
                    BYE_AFTER_2XX_KILLS_TRANSFER,
                    REFERRAL_PARAMS_ALTERED,
                    STALE_FLAG_MISSING,
                    MULTI_CHALLENGE_PARTIALLY_ANSWERED,
                    OVERLOAD_503_MISHANDLED ->
                    true;
            default -> false;
        };
    }

    /// What practice does, as a clause.
    public String says() {
        return says;
    }

    Mischief mischief() {
        return mischief.get();
    }

    public static Optional<Fault> of(String id) {
        return Arrays.stream(values()).filter(fault -> fault.id().equals(id)).findFirst();
    }
}
