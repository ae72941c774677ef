// SPDX-License-Identifier: Apache-2.0
package referee.sip;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Refer-To, Replaces, Refer-Sub, Target-Dialog, Event, Subscription-State and sipfrag.
class TransferHeadersTest {
    @Test
    void referToUnescapesItsReplacesOnce() {
        var to =
                ReferTo.read(
                                Slice.of(
                                        "<sip:d@example.org;x=1?Replaces=12%2545%40192.0.2.3%3Bto-tag%3D1%3Bfrom-tag%3D5F-3%3Bearly-only>"))
                        .optional()
                        .orElseThrow();
        var replaces = to.replaces().optional().orElseThrow();

        assertThat(to.address()).isEqualTo("sip:d@example.org");
        assertThat(replaces.callId()).isEqualTo("12%45@192.0.2.3");
        assertThat(replaces.toTag()).contains("1");
        assertThat(replaces.fromTag()).contains("5F-3");
        assertThat(replaces.earlyOnly()).isTrue();
    }

    @Test
    void referToTellsNoReplacesFromABrokenOne() {
        assertThat(referTo("sip:d@example.org").replaces().isAbsent()).isTrue();
        assertThat(referTo("http://example.org/").replaces().isAbsent()).isTrue();
        assertThat(referTo("<sip:d@example.org?Replaces=%3Bto-tag%3D1>").replaces())
                .isInstanceOf(Field.Broken.class);
    }

    @Test
    void replacesKeepsAnAbsentTagAbsent() {
        var replaces = Replaces.read(Slice.of("1@a ; from-tag=2")).optional().orElseThrow();

        assertThat(replaces.toTag()).isEmpty();
        assertThat(replaces.fromTag()).contains("2");
        assertThat(replaces.earlyOnly()).isFalse();
        assertThat(Replaces.read(Slice.of("1@a;;"))).isInstanceOf(Field.Broken.class);
    }

    @Test
    void referSubIsTrueOrFalseOnly() {
        assertThat(ReferSub.read(Slice.of("FALSE ;x=1")).optional()).contains(new ReferSub(false));
        assertThat(ReferSub.read(Slice.of("true")).optional()).contains(new ReferSub(true));
        assertThat(ReferSub.read(Slice.of("no"))).isInstanceOf(Field.Broken.class);
        assertThat(ReferSub.read(Slice.of("false,true"))).isInstanceOf(Field.Broken.class);
    }

    @Test
    void targetDialogNamesBothTags() {
        var dialog = TargetDialog.read(Slice.of("1@a;local-tag=l;remote-tag=r"));

        assertThat(dialog.optional().orElseThrow().localTag()).contains("l");
        assertThat(dialog.optional().orElseThrow().remoteTag()).contains("r");
        assertThat(TargetDialog.read(Slice.of("a@b@c"))).isInstanceOf(Field.Broken.class);
    }

    @Test
    void eventTellsPackageAndId() {
        var event = Event.read(Slice.of("Refer ; id=93809824")).optional().orElseThrow();

        assertThat(event.isRefer()).isTrue();
        assertThat(event.id()).contains("93809824");
        assertThat(Event.read(Slice.of("presence.winfo")).optional().orElseThrow().name())
                .isEqualTo("presence.winfo");
        assertThat(Event.read(Slice.of(";id=1"))).isInstanceOf(Field.Broken.class);
    }

    @Test
    void subscriptionStateTellsWhyAndHowLong() {
        var over = SubscriptionState.read(Slice.of("Terminated;reason=noresource;retry-after=5"));
        var active = SubscriptionState.read(Slice.of("active;expires=59")).optional().orElseThrow();

        assertThat(over.optional().orElseThrow().isTerminated()).isTrue();
        assertThat(over.optional().orElseThrow().reason()).contains("noresource");
        assertThat(over.optional().orElseThrow().retryAfter()).contains(5L);
        assertThat(active.expires()).contains(59L);
        assertThat(active.isTerminated()).isFalse();
    }

    @Test
    void subscriptionStateLivesWithADoubledReason() {
        var state = SubscriptionState.read(Slice.of("terminated;reason=reason=noresource"));

        assertThat(state.optional().orElseThrow().isTerminated()).isTrue();
        assertThat(
                        SubscriptionState.read(Slice.of("active;expires=-1"))
                                .optional()
                                .orElseThrow()
                                .expires())
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`SIP/2.0 100 Trying\\r\\n`|100|Trying|CRLF",
                "`SIP/2.0 200 OK\\n`|200|OK|LF",
                "`SIP/2.0 486 Busy Here`|486|Busy Here|NONE",
                "`SIP/2.0 603\\r\\n`|603|``|CRLF",
                "`SIP/2.0 503 Later\\r\\nRetry-After: 5\\r\\n\\r\\nbody`|503|Later|CRLF",
            })
    void sipfragTellsCodeReasonAndHowItsLineEnds(
            String body, int code, String reason, Sipfrag.LineEnd end) {
        var text = body.replace("\\r", "\r").replace("\\n", "\n");

        assertThat(Sipfrag.read(Slice.of(text)).optional())
                .contains(new Sipfrag(code, reason, end));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``|sipfrag-without-status-line",
                "200 OK|sipfrag-without-status-line",
                "INVITE sip:a SIP/2.0|sipfrag-without-status-line",
                "SIP/2.0 OK|sipfrag-status-code",
                "SIP/2.0 99 Low|sipfrag-status-code",
                "SIP/2.0 700 High|sipfrag-status-code",
            })
    void sipfragSaysWhatIsWrong(String body, String code) {
        assertThat(Sipfrag.read(Slice.of(body)))
                .isInstanceOfSatisfying(
                        Field.Broken.class,
                        broken -> assertThat(broken.flaw().code()).isEqualTo(code));
    }

    private static ReferTo referTo(String value) {
        return ReferTo.read(Slice.of(value)).optional().orElseThrow();
    }
}
