// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import referee.practice.Practice;
import referee.practice.PracticeServer;

/// What `probe --format json` really writes is what its published schema says.
class ProbeSchemaTest {
    private static final Path SCHEMA = Path.of("../docs/probe.schema.json");

    private PracticeServer server;

    @BeforeEach
    void start() throws IOException {
        server =
                PracticeServer.on(InetAddress.getLoopbackAddress(), 0)
                        .practice(Practice.Plan.DEFAULT.opened())
                        .fault("refer-no-notify")
                        .start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private String probe(String kind, String user, String... more) {
        var args = new ArrayList<>(List.of("probe", kind, server.uri(user)));
        args.addAll(List.of("--format", "json"));
        args.addAll(List.of(more));
        return Session.run(args.toArray(String[]::new)).out();
    }

    @Test
    void fitsASingleProbe() throws IOException {
        assertThat(problems(probe("options", "answer"))).isEmpty();
        assertThat(problems(probe("call", "busy"))).isEmpty();
        var registered = probe("register", "alice");
        assertThat(problems(registered)).isEmpty();
        assertThat(registered).contains("\"grantedSeconds\": ");
    }

    @Test
    void fitsATransferWhoseOutcomeNobodyTold() throws IOException {
        var json =
                probe(
                        "transfer",
                        "answer",
                        "--to",
                        server.uri("echo"),
                        "--timeout",
                        "4",
                        "--talk",
                        "0");
        assertThat(problems(json)).isEmpty();
        assertThat(json).contains("\"blame\": ");
    }

    @Test
    void fitsALoad() throws IOException {
        var json = probe("call", "answer", "--repeat", "5", "--rate", "50", "--talk", "0");
        assertThat(problems(json)).isEmpty();
        assertThat(json).contains("\"begun\": 5").contains("\"succeeded\": 5");
        assertThat(problems(probe("call", "busy", "--repeat", "2", "--rate", "50"))).isEmpty();
    }

    @Test
    void doesNotFitSomethingElse() throws IOException {
        assertThat(problems("{\"probe\": {}}")).isNotEmpty();
    }

    private static Set<String> problems(String json) throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(SchemaLocation.of(SCHEMA.toRealPath().toUri().toString()))
                .validate(json, InputFormat.JSON)
                .stream()
                .map(Object::toString)
                .collect(Collectors.toSet());
    }
}
