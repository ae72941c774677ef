// SPDX-License-Identifier: Apache-2.0
package referee.rules;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import referee.diagnosis.Diagnosis;
import referee.diagnosis.Finding;
import referee.diagnosis.Limits;
import referee.diagnosis.Outcome;
import referee.diagnosis.Role;
import referee.diagnosis.StoryKind;
import referee.diagnosis.Timers;
import referee.diagnosis.Verdict;
import referee.evidence.Evidence;
import referee.sip.Credentials;
import referee.sip.DigestCheck;
import referee.sip.DigestVerdict;
import referee.sip.KeyringReader;
import referee.sip.SipMessage;

/// Real captures, read in place where they are at hand: nothing crashes, and the transfers among
/// them are judged right.
class CorpusTest {
    /// In these a proxy answers NOTIFY itself and does not pass it on, so the transferor is not to
    /// blame for what it never heard.
    @ParameterizedTest
    @CsvSource({
        "davidkromka+SIP-Proxy/pcap_traces/Presmerovanie.pcapng",
        "Kesuera+SIP-proxy/pcap/redirect_call.pcap",
        "kuko6+mtaa-sip-proxy/pcap/presmerovanie.pcapng"
    })
    void namesTheProxyThatKeepsTheNotify(String file) throws IOException {
        var verdicts = judge(captures().resolve(file));

        assertThat(transferOutcome(verdicts)).isEqualTo(Outcome.SUCCEEDED);
        assertThat(faults(verdicts)).containsExactly("refer-no-notify");
        assertThat(findings(verdicts).getFirst().responsible())
                .singleElement()
                .satisfies(one -> assertThat(one.role()).isEqualTo(Role.MIDDLEBOX))
                .satisfies(one -> assertThat(one.at().orElseThrow().port()).isEqualTo(5060));
    }

    /// A whole transfer through a proxy, and one of which only the far side was captured.
    @ParameterizedTest
    @CsvSource({
        "jakubabrahoim+MTAA-sip-proxy/tracy/trace7.pcapng",
        "martinkatkovcin+MTAA_SIPProxy/trace_pcap/presmerovanie_hovoru.pcapng"
    })
    void findsNothingInAHealthyTransfer(String file) throws IOException {
        var verdicts = judge(captures().resolve(file));

        assertThat(transferOutcome(verdicts)).isEqualTo(Outcome.SUCCEEDED);
        assertThat(faults(verdicts)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "goffinet+sip_captures/sip-register-wrong_password-401-403-401-403.pcapng, 2",
        "irontec+sngrep/tests/aaa.pcap, 6"
    })
    void namesTheAccountThatIsRefused(String file, int times) throws IOException {
        var verdicts = judge(captures().resolve(file));

        assertThat(faults(verdicts).stream().filter("credentials-rejected"::equals)).hasSize(times);
    }

    @ParameterizedTest
    @CsvSource({
        "goffinet+sip_captures/sip-routing-error-wireshark.pcapng, 2",
        "zongbingwang+pcapApplication/data/yate.pcap, 2"
    })
    void saysThatNobodyWasThereToBeCalled(String file, int times) throws IOException {
        assertThat(faults(judge(captures().resolve(file))))
                .hasSize(times)
                .containsOnly("callee-not-registered");
    }

    /// The caller sends its INVITE from three ports and cancels two of them once one is answered.
    @Test
    void takesNoCancelOfASecondWayForTheEndOfTheCall() throws IOException {
        var file = "NormB+sipnab/tests/pcap-samples/DTMFsipinfo.pcap";

        assertThat(faults(judge(captures().resolve(file)))).doesNotContain("cancel-crosses-200");
    }

    @ParameterizedTest
    @CsvSource({
        "goffinet+sip_captures/sip-2phones-B2BUA-Asterisk.pcapng",
        "goffinet+sip_captures/voip1b.pcapng",
        "goffinet+sip_captures/Forensic_challenge_4.pcap",
        "goffinet+sip_captures/uac-uas-scenario-sipp.pcapng",
        "negbie+heplify/example/pcap/sip_ipv6_udp.pcap",
        "OpenSIPS+SIPssert/c7633401_tests__test0__cap.pcap",
        "zongbingwang+pcapApplication/data/MagicJack+_short_call.pcap"
    })
    void raisesNoAlarmWhereNothingIsWrong(String file) throws IOException {
        assertThat(faults(judge(captures().resolve(file)))).isEmpty();
    }

    /// Its password is documented where it was published, so its digests are known answers.
    @Test
    void findsDocumentedDigestsRight() throws IOException {
        var file = captures().resolve("goffinet+sip_captures/Forensic_challenge_4.pcap");
        var right = KeyringReader.read("555 * 1234".getBytes(UTF_8)).keyring();
        var wrong = KeyringReader.read("555 * 4321".getBytes(UTF_8)).keyring();
        var requests =
                judge(file).stream()
                        .flatMap(verdict -> verdict.story().transactions().stream())
                        .flatMap(transaction -> transaction.message().stream())
                        .filter(request -> !Credentials.all(request).isEmpty())
                        .toList();

        assertThat(requests)
                .isNotEmpty()
                .allSatisfy(request -> {
                    assertThat(check(request).by(right)).isEqualTo(new DigestVerdict.Right());
                    assertThat(check(request).by(wrong)).isEqualTo(new DigestVerdict.Different());
                });
    }

    private static DigestCheck check(SipMessage request) {
        var sent = Credentials.all(request).getFirst();
        return new DigestCheck(sent, request, Optional.empty(), List.of());
    }

    @Test
    void judgesEveryCaptureToItsEnd() throws IOException {
        try (var files = Files.walk(captures())) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                assertThat(judge(file)).as(file.toString()).isNotNull();
            }
        }
    }

    private static List<Verdict> judge(Path file) throws IOException {
        var verdicts = new ArrayList<Verdict>();
        var diagnosis = new Diagnosis(Rules.ALL, Timers.DEFAULT, Limits.DEFAULT, 1, verdicts::add);
        var account = Evidence.read(file, diagnosis);
        account.to().ifPresent(diagnosis::finish);
        return verdicts;
    }

    private static Outcome transferOutcome(List<Verdict> verdicts) {
        return verdicts.stream()
                .filter(verdict -> verdict.story().kind() == StoryKind.TRANSFER)
                .map(Verdict::outcome)
                .findFirst()
                .orElseThrow();
    }

    private static List<Finding> findings(List<Verdict> verdicts) {
        return verdicts.stream().flatMap(verdict -> verdict.findings().stream()).toList();
    }

    private static List<String> faults(List<Verdict> verdicts) {
        return findings(verdicts).stream().map(Finding::fault).toList();
    }

    private static Path captures() {
        for (var at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
            var found = at.resolve("shared/corpus/captures");
            if (Files.isDirectory(found)) return found;
        }
        Assumptions.abort("no shared/corpus beside the project: real captures are not judged");
        throw new IllegalStateException();
    }
}
