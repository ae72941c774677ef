// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.List;
import java.util.Optional;

/// A response code, as data.
///
/// @param number 100 to 699
/// @param name the registered reason phrase, or the usual one
/// @param source where it is defined, such as `RFC 3261 §21.4.2`; empty for a product's own
/// @param says what it says, a clause without a full stop, such as `busy`
/// @param sentBy who sends it, such as `UAS` or `proxy`; the most usual first
/// @param acts who has to act next, such as `client`; `nobody` if all is well
/// @param methods the requests it answers; empty for any
/// @param must what has to come with it, in every case or under a condition
/// @param effect what it does to the dialog it is received in (RFC 5057)
/// @param isEffectByClass whether RFC 5057 does not list the code, so that its class decides
/// @param endsSubscription whether it ends the subscription when it answers SUBSCRIBE or NOTIFY
///   (RFC 6665 §4.1.2.2 and §4.2.2)
/// @param retryAfter what Retry-After would mean in it; empty if it means nothing there
/// @param cause its Q.850 cause towards the PSTN (RFC 3398 §8.2.6.1)
/// @param causes the Q.850 causes that become this code (RFC 3398 §7.2.4.1)
/// @param inField causes that products send instead, such as `Asterisk 19`
/// @param http the HTTP status code it can be set beside
/// @param alsoCalled other reason phrases in use
public record Code(
        int number,
        String name,
        Standing standing,
        String source,
        String says,
        List<String> sentBy,
        List<String> acts,
        Retry retry,
        List<String> methods,
        List<HeaderNeed> must,
        List<HeaderNeed> should,
        List<HeaderNeed> may,
        Effect effect,
        boolean isEffectByClass,
        boolean endsSubscription,
        String retryAfter,
        Optional<Cause> cause,
        List<Integer> causes,
        List<String> inField,
        Optional<Http> http,
        List<String> alsoCalled) {

    /// A Q.850 cause.
    ///
    /// @param number 1 to 127
    /// @param location `user` or `network`
    public record Cause(int number, String name, String location) {}

    /// An HTTP status code.
    ///
    /// @param relation `same`: the same meaning; `near`: a similar one; `other`: the same number
    ///   with another meaning
    public record Http(int code, String relation) {}

    static Code of(Table.Row row) {
        var cause = row.number("q850");
        var http = row.number("http");
        return new Code(
                row.number("code"),
                row.get("name"),
                Standing.of(row.get("status")),
                row.get("source"),
                row.get("says"),
                row.list("sent-by", ","),
                row.list("acts", ","),
                Retry.of(row.get("retry")),
                row.get("methods").equals("*") ? List.of() : row.list("methods", ","),
                needs(row, "must"),
                needs(row, "should"),
                needs(row, "may"),
                Effect.of(row.get("effect").replace(" by class", "")),
                row.get("effect").endsWith(" by class"),
                row.get("ends-subscription").equals("yes"),
                row.get("retry-after"),
                cause == 0
                        ? Optional.empty()
                        : Optional.of(new Cause(cause, row.get("cause"), row.get("location"))),
                row.list("from-causes", ",").stream().map(Integer::valueOf).toList(),
                inField(row, cause),
                http == 0 ? Optional.empty() : Optional.of(new Http(http, row.get("relation"))),
                row.list("also-called", ";"));
    }

    public CodeClass codeClass() {
        return CodeClass.of(number).orElseThrow();
    }

    /// Such as `401 Unauthorized`.
    public String title() {
        return number + " " + name;
    }

    public CodePage page() {
        return CodePage.of(this);
    }

    private static List<HeaderNeed> needs(Table.Row row, String column) {
        return row.list(column, ";").stream().map(HeaderNeed::of).toList();
    }

    private static List<String> inField(Table.Row row, int cause) {
        var asterisk = row.number("asterisk");
        var freeswitch = row.number("freeswitch");
        var all = new java.util.ArrayList<String>();
        if (asterisk != 0 && asterisk != cause) all.add("Asterisk " + asterisk);
        if (freeswitch != 0 && freeswitch != cause) all.add("FreeSWITCH " + freeswitch);
        return List.copyOf(all);
    }
}
