// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.time.Duration;
import java.util.Optional;
import referee.agent.ProbePlan;
import referee.sip.SipUri;
import referee.sip.Slice;
import referee.sip.Transport;
import referee.sip.Uri;
import referee.stack.Accounts;

/// What a probe does and how it speaks: everything but whom it asks.
///
/// @param patience how long the outcome is waited for; empty for what is usual of the kind
/// @param talk how long a call stands
/// @param target whom the other side of a transfer is to call
record ProbeModule(
        ProbePlan.Kind kind,
        ProbeSpeech speech,
        Optional<Duration> patience,
        Duration talk,
        Optional<String> target,
        boolean attended) {
    /// A URI or a combination of them that no probe can be made of. Its message is a line for who
    /// wrote it.
    static final class Unusable extends Exception {
        private static final long serialVersionUID = 1;

        Unusable(String says) {
            super(says);
        }
    }

    static ProbeModule of(ProbePlan.Kind kind, ProbeSpeech speech) {
        return new ProbeModule(
                kind, speech, Optional.empty(), Duration.ofSeconds(1), Optional.empty(), false);
    }

    ProbeModule patience(Optional<Duration> other) {
        return new ProbeModule(kind, speech, other, talk, target, attended);
    }

    ProbeModule talk(Duration other) {
        return new ProbeModule(kind, speech, patience, other, target, attended);
    }

    ProbeModule to(String other, boolean afterCallingIt) {
        return new ProbeModule(kind, speech, patience, talk, Optional.of(other), afterCallingIt);
    }

    private boolean isRegistration() {
        return kind == ProbePlan.Kind.REGISTER;
    }

    /// @param uri whom it asks, calls or transfers; of a registration the address-of-record
    ProbePlan plan(String uri) throws Unusable {
        var whom = sip("URI", uri);
        if (speech.proxy().isPresent()) sip("the proxy", speech.proxy().get());
        if (speech.from().isPresent()) sip("--from", speech.from().get());
        var plan = ProbePlan.of(kind, isRegistration() ? uri : over(uri, whom));
        if (isRegistration()) plan = plan.at(registrar(whom));
        if (kind == ProbePlan.Kind.TRANSFER) {
            var other = target.orElseThrow(() -> new Unusable("a transfer needs a target"));
            sip("the target", other);
            plan = plan.to(other, attended);
        }
        if (patience.isPresent()) plan = plan.patience(patience.get());
        return plan.talk(talk);
    }

    private String registrar(SipUri whom) throws Unusable {
        if (speech.proxy().isPresent())
            return over(speech.proxy().get(), sip("the registrar", speech.proxy().get()));
        var port = whom.port() == 0 ? "" : ":" + whom.port();
        var host = (whom.secure() ? "sips:" : "sip:") + whom.host().text() + port;
        return over(host, sip("URI", host));
    }

    /// The URI with the transport that is asked for. That the URI asks for another is a mistake.
    private String over(String text, SipUri read) throws Unusable {
        if (speech.transport().isEmpty() || isProxied()) return text;
        var asked = speech.transport().get();
        var word = read.params().text("transport");
        var same = word.filter(asked.parameter()::equalsIgnoreCase).isPresent();
        if (same || said(read).filter(asked::equals).isPresent()) return text;
        if (word.isEmpty()) return text + ";transport=" + asked.parameter();
        throw new Unusable(
                "%s says transport=%s, and %s is asked for"
                        .formatted(text, word.get(), asked.word()));
    }

    private boolean isProxied() {
        return speech.proxy().isPresent() && !isRegistration();
    }

    /// The one account, the one way and the one name that a run of this speaks with.
    ProbeWire.Line line(String uri, Accounts accounts) throws Unusable {
        return new ProbeWire.Line(
                caller(uri),
                speech.proxy().filter(_ -> !isRegistration()),
                transport(uri),
                speech.tls(),
                speech.wsPath(),
                accounts,
                speech.strongest());
    }

    private Optional<Transport> transport(String uri) throws Unusable {
        if (speech.transport().isPresent()) return speech.transport();
        return said(sip("URI", speech.proxy().orElse(uri)));
    }

    /// `sips:` is TLS, also with `transport=tcp` (RFC 3261 §26.2.2).
    private static Optional<Transport> said(SipUri read) {
        var said = read.params().text("transport").flatMap(word -> Transport.of(Slice.of(word)));
        if (!read.secure()) return said;
        return Optional.of(
                said.filter(one -> one == Transport.WS || one == Transport.WSS).isPresent()
                        ? Transport.WSS
                        : Transport.TLS);
    }

    private String caller(String uri) throws Unusable {
        if (speech.from().isPresent()) return speech.from().get();
        if (isRegistration()) return uri;
        return "sip:" + speech.user().orElse("referee") + "@" + sip("URI", uri).host().text();
    }

    /// The name of the account that challenges are answered with.
    String account(String uri) throws Unusable {
        if (speech.user().isPresent()) return speech.user().get();
        return sip("URI", caller(uri)).user().map(Slice::text).orElse("");
    }

    /// @param name of what is read, for the complaint
    static SipUri sip(String name, String text) throws Unusable {
        var read = Uri.read(Slice.of(text)).optional();
        if (read.isPresent()
                && read.get() instanceof SipUri sip
                && !sip.host().isEmpty()
                && text.chars().allMatch(c -> c > ' ' && c < 0x7f && c != '<' && c != '>'))
            return sip;
        throw new Unusable("%s: %s is no SIP URI; write sip:user@host".formatted(name, text));
    }
}
