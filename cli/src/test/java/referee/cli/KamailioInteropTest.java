// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The probe through Kamailio with Digest. What the probe saw, what Kamailio wrote down of both its
/// sides, and what was on the wire are judged.
@Timeout(180)
class KamailioInteropTest {
    /// baresip 1.0 ends the status line in its NOTIFY with LF alone: it is a fault, and a small
    /// one.
    private static final Set<String> OF_BARESIP = Set.of("sipfrag-line-ending");

    private static final String NOBODYS = "PUBLISH";

    @TempDir Path directory;
    private Path saved;

    @BeforeEach
    void beginHere() {
        Programs.assume("kamailio");
        saved = directory.resolve("probe.pcap");
    }

    private Session probe(String what, String uri, String password, String... more)
            throws IOException {
        var accounts =
                Files.writeString(directory.resolve("accounts"), "alice * " + password + "\n");
        var all =
                new ArrayList<>(
                        List.of(
                                "probe",
                                what,
                                uri,
                                "--credentials",
                                accounts.toString(),
                                "--save",
                                saved.toString()));
        all.addAll(List.of(more));
        return Session.run(all.toArray(String[]::new));
    }

    private Judged dumped(Kamailio kamailio) throws IOException {
        return Judged.of(kamailio.dumps());
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void registersWithTheRightPassword(String transport) throws Exception {
        try (var kamailio = Kamailio.start(directory, NOBODYS)) {
            var right =
                    probe(
                            "register",
                            kamailio.uri("alice"),
                            "wonderland",
                            "--transport",
                            transport);
            assertThat(right.code()).as(right.err()).isZero();
            assertThat(right.out()).contains("registered for").doesNotContain("finding");
            assertThat(dumped(kamailio).faults()).isEmpty();
            assertThat(dumped(kamailio).succeeded()).isEqualTo(1);
            assertThat(Judged.of(saved).faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void isToldThatThePasswordIsWrong(String transport) throws Exception {
        try (var kamailio = Kamailio.start(directory, NOBODYS)) {
            var wrong =
                    probe(
                            "register",
                            kamailio.uri("alice"),
                            "looking-glass",
                            "--transport",
                            transport);
            assertThat(wrong.code()).as(wrong.err()).isEqualTo(4);
            assertThat(wrong.out())
                    .contains("credentials-rejected")
                    .doesNotContain("looking-glass");
            assertThat(dumped(kamailio).faults()).containsExactly("credentials-rejected");

            var known =
                    Files.writeString(directory.resolve("known"), "alice * wonderland\n")
                            .toString();
            var dumps = kamailio.dumps()[0].toString();
            var explained = Session.run("diagnose", dumps, "--credentials", known);
            assertThat(explained.out().replaceAll("\\s+", " "))
                    .contains("the digest fits no password known for this account");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void callsAPhoneBehindIt(String transport) throws Exception {
        Programs.assume("baresip");
        try (var kamailio = Kamailio.start(directory, NOBODYS);
                var wire = Wire.tap(directory, kamailio.port());
                var _ = registered("bob", kamailio, transport)) {
            var call = call(kamailio, transport);
            assertThat(call.code()).as(call.err() + kamailio.output()).isZero();
            assertThat(call.err()).contains("407 Proxy Authentication Required");
            assertThat(dumped(kamailio).faults()).isEmpty();
            assertThat(dumped(kamailio).succeeded()).isEqualTo(2);
            assertThat(Judged.of(saved).faults()).isEmpty();
            wire.judged().ifPresent(judged -> assertThat(judged.faults()).isEmpty());
        }
    }

    private Session call(Kamailio kamailio, String transport) throws IOException {
        return probe(
                "call",
                kamailio.uri("bob"),
                "wonderland",
                "--from",
                kamailio.uri("alice"),
                "--transport",
                transport);
    }

    private Baresip registered(String user, Kamailio kamailio, String transport)
            throws IOException, InterruptedException {
        var server = kamailio.address() + ";transport=" + transport;
        return Baresip.registered(directory, user, Kamailio.password(user), server);
    }

    @Test
    void callsSippBehindIt() throws Exception {
        Programs.assume("sipp");
        var port = Programs.freePort();
        try (var kamailio = Kamailio.start(directory, NOBODYS);
                var _ = Sipp.uas(directory, port)) {
            assertThat(Sipp.register(directory, kamailio.address(), "bob", "builder", port))
                    .isZero();
            var call = call(kamailio, "udp");
            assertThat(call.code()).as(call.err()).isZero();
            assertThat(dumped(kamailio).faults()).isEmpty();
            assertThat(Judged.of(saved).faults()).isEmpty();
        }
    }

    @Test
    void isToldThatNobodyIsRegistered() throws Exception {
        try (var kamailio = Kamailio.start(directory, NOBODYS)) {
            var call = call(kamailio, "udp");
            assertThat(call.code()).as(call.err()).isEqualTo(3);
            assertThat(dumped(kamailio).faults()).containsExactly("callee-not-registered");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUBLISH udp", "PUBLISH tcp", "REFER udp", "REFER tcp"})
    void transfersAPhoneBehindIt(String how) throws Exception {
        Programs.assume("baresip");
        var challenged = how.substring(0, how.indexOf(' '));
        var transport = how.substring(how.indexOf(' ') + 1);
        try (var kamailio = Kamailio.start(directory, challenged);
                var wire = Wire.tap(directory, kamailio.port());
                var _ = registered("bob", kamailio, transport);
                var _ = registered("carol", kamailio, transport)) {
            var transfer =
                    probe(
                            "transfer",
                            kamailio.uri("bob"),
                            "wonderland",
                            "--to",
                            kamailio.uri("carol"),
                            "--from",
                            kamailio.uri("alice"),
                            "--transport",
                            transport);
            assertThat(transfer.code()).as(transfer.err() + kamailio.output()).isZero();
            assertThat(transfer.out()).contains("the target answered with 200");
            assertThat(dumped(kamailio).faults()).isSubsetOf(OF_BARESIP);
            assertThat(Judged.of(saved).faults()).isSubsetOf(OF_BARESIP);
            assertThat(Judged.of(saved, kamailio.dumps()[0]))
                    .extracting(Judged::succeeded)
                    .isEqualTo(dumped(kamailio).succeeded());
            wire.judged().ifPresent(judged -> assertThat(judged.faults()).isSubsetOf(OF_BARESIP));
        }
    }

    @Test
    void transfersAPhoneBehindItToACallThatItHasThere() throws Exception {
        Programs.assume("baresip");
        try (var kamailio = Kamailio.start(directory, NOBODYS);
                var _ = registered("bob", kamailio, "udp");
                var _ = registered("carol", kamailio, "udp")) {
            var transfer =
                    probe(
                            "transfer",
                            kamailio.uri("bob"),
                            "wonderland",
                            "--attended",
                            "--to",
                            kamailio.uri("carol"),
                            "--from",
                            kamailio.uri("alice"));
            assertThat(transfer.code()).as(transfer.err() + kamailio.output()).isZero();
            assertThat(dumped(kamailio).faults()).isSubsetOf(OF_BARESIP);
        }
    }
}
