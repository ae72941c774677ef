// SPDX-License-Identifier: Apache-2.0
package referee.stack;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.sip.Uri;

/// How a [UserAgent] is to be. Made by [#of] and changed by copies.
public final class Setup implements Cloneable {
    private final List<Local> locals;
    private String user = "sip:anonymous@anonymous.invalid";
    private String product = "Referee";
    private Timers timers = Timers.DEFAULT;
    private Accounts accounts = Accounts.NONE;
    private Preference preference = Preference.TOPMOST;
    private Optional<String> proxy = Optional.empty();
    private Set<String> serves = Set.of();
    private Set<String> events = Set.of();
    private Optional<Audio> audio = Optional.empty();
    private Optional<Duration> session = Optional.of(Duration.ofMinutes(30));
    private Duration shortestSession = Duration.ofSeconds(90);
    private boolean reliable = true;
    private boolean symmetric;

    private Setup(List<Local> locals) {
        if (locals.isEmpty()) throw new IllegalArgumentException("no local address");
        this.locals = List.copyOf(locals);
    }

    /// @param locals one or more; of a transport and IP version the first counts. Where WSS is
    ///   among them and WS is not, `transport=ws` in a `sip:` URI means WSS, as in the example of
    ///   RFC 7118 §8.2
    public static Setup of(List<Local> locals) {
        return new Setup(locals);
    }

    /// The address-of-record that From says, such as `sip:alice@example.com`.
    public Setup user(String uri) {
        var copy = copy();
        copy.user = uri;
        return copy;
    }

    /// What User-Agent and Server say.
    public Setup product(String name) {
        var copy = copy();
        copy.product = name;
        return copy;
    }

    public Setup timers(Timers other) {
        var copy = copy();
        copy.timers = other;
        return copy;
    }

    public Setup accounts(Accounts other) {
        var copy = copy();
        copy.accounts = other;
        return copy;
    }

    public Setup preference(Preference other) {
        var copy = copy();
        copy.preference = other;
        return copy;
    }

    /// The outbound proxy: the first Route of every request outside a dialog (RFC 3261 §8.1.2).
    public Setup proxy(String uri) {
        var copy = copy();
        copy.proxy = Optional.of(uri);
        return copy;
    }

    /// The methods that, outside a dialog, are handed to the application besides INVITE: OPTIONS is
    /// answered by the stack unless it is among them, others with 405. Without INVITE, calls are
    /// refused with 405 too.
    public Setup serves(String... methods) {
        var copy = copy();
        copy.serves = Set.of(methods);
        return copy;
    }

    /// The event packages that a SUBSCRIBE may ask for; others get 489.
    public Setup events(String... packages) {
        var copy = copy();
        copy.events = Set.of(packages);
        return copy;
    }

    /// What session descriptions say; without it they say port 9 of the first local address.
    public Setup audio(Audio other) {
        var copy = copy();
        copy.audio = Optional.of(other);
        return copy;
    }

    /// The session interval asked for; empty for no session timer (RFC 4028).
    public Setup session(Optional<Duration> interval) {
        var copy = copy();
        copy.session = interval;
        return copy;
    }

    /// Calls with a shorter session interval are refused with 422.
    public Setup shortestSession(Duration interval) {
        var copy = copy();
        copy.shortestSession = interval;
        return copy;
    }

    /// Whether reliable provisional responses are offered (RFC 3262).
    public Setup reliable(boolean offered) {
        var copy = copy();
        copy.reliable = offered;
        return copy;
    }

    /// Whether requests of a dialog without route go where its last message came from, whatever the
    /// Contact says: what servers do for phones behind NAT. Connections are always used again.
    public Setup symmetric(boolean on) {
        var copy = copy();
        copy.symmetric = on;
        return copy;
    }

    public String user() {
        return user;
    }

    public Timers timers() {
        return timers;
    }

    String product() {
        return product;
    }

    Accounts accounts() {
        return accounts;
    }

    Preference preference() {
        return preference;
    }

    Optional<String> proxy() {
        return proxy;
    }

    Set<String> serves() {
        return serves;
    }

    Set<String> events() {
        return events;
    }

    Audio audio() {
        return audio.orElseGet(() -> Audio.at(new Endpoint(locals.getFirst().address().host(), 9)));
    }

    Optional<Duration> session() {
        return session;
    }

    Duration shortestSession() {
        return shortestSession;
    }

    boolean isReliable() {
        return reliable;
    }

    boolean isSymmetric() {
        return symmetric;
    }

    boolean speaks(Transport transport) {
        return locals.stream().anyMatch(local -> local.transport() == transport);
    }

    /// What Via and Contact say for what goes there.
    Local local(Transport transport, Endpoint remote) {
        var same = locals.stream().filter(local -> local.transport() == transport).toList();
        return same.stream()
                .filter(local -> local.address().isIpv6() == remote.isIpv6())
                .findFirst()
                .or(() -> same.stream().findFirst())
                .orElseGet(() -> new Local(transport, locals.getFirst().address()));
    }

    /// The user part of our Contact: that of the address-of-record.
    String contactUser() {
        var uri = Uri.read(Slice.of(user)).optional();
        return uri.isPresent() && uri.get() instanceof SipUri sip
                ? sip.user().map(Slice::text).orElse("")
                : "";
    }

    private Setup copy() {
        try {
            return (Setup) clone();
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }
}
