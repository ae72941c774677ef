// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The house as built is the house as planned: who may use whom, what is pure, what every file
/// begins with.
class HouseTest {
    private static final Path ROOT = Path.of("..");
    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("referee");

    /// Room → the rooms it may use.
    private static final Map<String, Set<String>> ROOMS =
            Stream.of(
                            "sip:",
                            "reference: sip",
                            "evidence: sip",
                            "diagnosis: sip evidence",
                            "rules: sip evidence diagnosis reference",
                            "report: sip evidence diagnosis reference rules",
                            "stack: sip",
                            "agent: sip stack evidence",
                            "practice: sip stack evidence agent",
                            "cli: sip evidence diagnosis reference rules report stack agent practice")
                    .map(line -> line.split(": ?", 2))
                    .collect(
                            Collectors.toMap(
                                    room -> room[0], room -> Set.of(room[1].split(" ", -1))));

    private static final Set<String> OUTSIDE =
            Set.of(
                    "java.",
                    "org.jspecify.",
                    "org.junit.jupiter.api.extension.",
                    "org.commonmark.",
                    "org.HdrHistogram.",
                    "org.snakeyaml.engine.",
                    "io.prometheus.metrics.",
                    "io.avaje.",
                    "org.eclipse.jetty.",
                    "org.xbill.",
                    "picocli.",
                    "javax.annotation.",
                    "javax.crypto.",
                    "javax.naming.",
                    "javax.net.",
                    "javax.security.");

    private static final Set<String> IMPURE =
            Set.of(
                    "java/time/Instant.now",
                    "java/lang/System.currentTimeMillis",
                    "java/lang/System.nanoTime",
                    "java/lang/Thread.start",
                    "java/lang/Thread.sleep",
                    "java/lang/Thread.ofPlatform",
                    "java/lang/Thread.ofVirtual",
                    "java/nio/file/Files.newInputStream",
                    "java/nio/file/Files.newOutputStream",
                    "java/nio/file/Files.readString",
                    "java/nio/file/Files.newByteChannel",
                    "java/net/InetAddress.getByName",
                    "java/net/Socket.<init>",
                    "java/nio/channels/DatagramChannel.open");

    @Test
    void everyRoomUsesOnlyTheRoomsItMay() {
        var offences = new TreeSet<String>();
        for (var type : CLASSES) {
            for (var dependency : type.getDirectDependenciesFromSelf()) {
                var target = dependency.getTargetClass();
                if (!isAllowed(type, target))
                    offences.add(type.getName() + " uses " + target.getName());
            }
        }
        assertThat(offences).isEmpty();
    }

    @Test
    void knowsEveryRoom() {
        assertThat(CLASSES.stream().map(HouseTest::room).distinct())
                .containsExactlyInAnyOrderElementsOf(ROOMS.keySet());
    }

    @Test
    void noFamilyOfRulesUsesAnother() {
        slices().matching("referee.rules.(*)").should().notDependOnEachOther().check(CLASSES);
    }

    @Test
    void thePureRoomsAskNobodyTheTimeStartNothingAndOpenNothing() throws IOException {
        for (var room : List.of("sip", "diagnosis", "reference", "rules", "stack"))
            assertThat(offences(room)).as(room).isEmpty();
    }

    @Test
    void noticesARoomThatIsNotPure() throws IOException {
        assertThat(offences("cli")).contains("referee/cli/Belt calls java/lang/Thread.ofPlatform");
        assertThat(offences("evidence")).isNotEmpty();
    }

    @Test
    void everySourceFileSaysItsLicence() throws IOException {
        for (var file : sources()) {
            assertThat(Files.readString(file))
                    .as(file.toString())
                    .startsWith("// SPDX-License-Identifier: Apache-2.0\n");
        }
    }

    @Test
    void noTestSleeps() throws IOException {
        var sleep = "Thread" + ".sleep(";
        for (var file : sources()) {
            if (file.toString().contains("src/test"))
                assertThat(Files.readString(file)).as(file.toString()).doesNotContain(sleep);
        }
    }

    private static boolean isAllowed(JavaClass type, JavaClass target) {
        var name = target.getBaseComponentType().getName();
        if (target.getBaseComponentType().isPrimitive()) return true;
        if (!name.startsWith("referee.")) return OUTSIDE.stream().anyMatch(name::startsWith);
        return room(type).equals(room(target.getBaseComponentType()))
                || ROOMS.get(room(type)).contains(room(target.getBaseComponentType()));
    }

    private static String room(JavaClass type) {
        return type.getName().split("\\.", 3)[1];
    }

    private static List<String> offences(String room) throws IOException {
        var found = new TreeSet<String>();
        try (var files = Files.walk(ROOT.resolve(room).resolve("target/classes"))) {
            for (var file : files.filter(one -> one.toString().endsWith(".class")).toList()) {
                var parsed = ClassFile.of().parse(file);
                for (var entry : parsed.constantPool()) {
                    if (!(entry instanceof MemberRefEntry member)) continue;
                    var call = member.owner().asInternalName() + "." + member.name().stringValue();
                    if (IMPURE.contains(call))
                        found.add(parsed.thisClass().asInternalName() + " calls " + call);
                }
            }
        }
        return new ArrayList<>(found);
    }

    private static List<Path> sources() throws IOException {
        try (var files = Files.walk(ROOT)) {
            return files.filter(one -> one.toString().endsWith(".java"))
                    .filter(one -> !one.toString().contains("/target/"))
                    .toList();
        }
    }
}
