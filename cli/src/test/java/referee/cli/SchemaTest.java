// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What `diagnose --format json` really writes is what its published schema says.
class SchemaTest {
    private static final Path SCHEMA = Path.of("../docs/diagnosis.schema.json");

    static Stream<String> samples() throws IOException {
        try (var files = Files.list(Session.SAMPLES)) {
            return files.map(Path::toString).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("samples")
    void fitsEachSample(String file) throws IOException {
        assertThat(problems(Session.run("diagnose", "--format", "json", file).out())).isEmpty();
        assertThat(problems(Session.run("diagnose", "--format", "json", "--stories", file).out()))
                .isEmpty();
    }

    @Test
    void doesNotFitSomethingElse() throws IOException {
        assertThat(problems("{\"referee\": \"0.1.0\"}")).isNotEmpty();
    }

    @Test
    void holdsStoriesOnlyWhenAskedFor() {
        var file = Session.sample("transfer-healthy.pcap");

        assertThat(Session.run("diagnose", "--format", "json", file).out())
                .doesNotContain("\"stories\": [");
        assertThat(Session.run("diagnose", "--format", "json", "--stories", file).out())
                .contains("\"stories\": [")
                .contains("accepted, which is not the outcome");
    }

    private static java.util.Set<String> problems(String json) throws IOException {
        return schema().validate(json, InputFormat.JSON).stream()
                .map(Object::toString)
                .collect(java.util.stream.Collectors.toSet());
    }

    private static JsonSchema schema() throws IOException {
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema(Files.readString(SCHEMA));
    }
}
