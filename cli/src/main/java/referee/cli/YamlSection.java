// SPDX-License-Identifier: Apache-2.0
package referee.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/// A mapping of a YAML file whose values are asked for by key and type. What is wrong is told with
/// file, line and key; a value is never quoted, since it may be a secret in the wrong place.
final class YamlSection {
    private static final int MOST_OCTETS = 1 << 20;

    private record Entry(Node key, Node value) {}

    private final Path file;
    private final Optional<Node> self;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    private YamlSection(Path file, Optional<Node> self) {
        this.file = file;
        this.self = self;
    }

    /// @throws UnusableModules if it is no YAML, or no mapping
    static YamlSection read(Path file) throws IOException {
        if (Files.size(file) > MOST_OCTETS)
            throw new UnusableModules(file + " — has more than 1 MiB");
        var settings = LoadSettings.builder().setLabel(file.toString()).build();
        try {
            var root = new Compose(settings).composeString(Files.readString(file));
            return root.isEmpty() ? new YamlSection(file, root) : of(file, root.get());
        } catch (MarkedYamlEngineException e) {
            var line = e.getProblemMark().map(Mark::getLine).orElse(0) + 1;
            throw new UnusableModules("%s:%d: %s".formatted(file, line, e.getProblem()));
        } catch (YamlEngineException e) {
            throw new UnusableModules(file + " — is no YAML: " + e.getMessage());
        }
    }

    private static YamlSection of(Path file, Node node) throws UnusableModules {
        if (!(node instanceof MappingNode mapping))
            throw wrong(file, node, "keys with values are wanted here");
        var section = new YamlSection(file, Optional.of(node));
        for (var tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key))
                throw wrong(file, tuple.getKeyNode(), "a key is a word");
            var entry = new Entry(key, tuple.getValueNode());
            if (section.entries.put(key.getValue(), entry) != null)
                throw wrong(file, key, key.getValue() + " stands here twice");
        }
        return section;
    }

    private static UnusableModules wrong(Path file, Node node, String says) {
        var line = node.getStartMark().map(Mark::getLine).orElse(0) + 1;
        return new UnusableModules("%s:%d: %s".formatted(file, line, says));
    }

    /// A complaint about the value of this key, or about the section where it has none.
    UnusableModules wrong(String key, String says) {
        var entry = entries.get(key);
        if (entry != null) return wrong(file, entry.key(), key + " " + says);
        if (self.isPresent()) return wrong(file, self.get(), key + " " + says);
        return new UnusableModules("%s: %s %s".formatted(file, key, says));
    }

    /// @throws UnusableModules if it has another key
    void allow(Set<String> known) throws UnusableModules {
        for (var key : entries.keySet())
            if (!known.contains(key))
                throw wrong(
                        key, "is not known here; there are " + String.join(", ", sorted(known)));
    }

    private static List<String> sorted(Set<String> words) {
        return words.stream().sorted().toList();
    }

    List<String> keys() {
        return List.copyOf(entries.keySet());
    }

    boolean has(String key) {
        return entries.containsKey(key);
    }

    /// A number without quotes is a text as well, as it is written: a user may be 1001.
    Optional<String> text(String key) throws UnusableModules {
        var entry = entries.get(key);
        return entry == null ? Optional.empty() : Optional.of(text(key, entry.value()));
    }

    private String text(String key, Node node) throws UnusableModules {
        if (node instanceof ScalarNode scalar
                && !scalar.getValue().isEmpty()
                && !scalar.getTag().equals(Tag.BOOL)
                && !scalar.getTag().equals(Tag.NULL)) return scalar.getValue();
        throw wrong(file, node, key + " is a text");
    }

    Optional<Integer> number(String key, int least, int most) throws UnusableModules {
        var entry = entries.get(key);
        if (entry == null) return Optional.empty();
        var says = "is a whole number of %d to %d".formatted(least, most);
        if (!(entry.value() instanceof ScalarNode scalar) || !scalar.getTag().equals(Tag.INT))
            throw wrong(key, says);
        try {
            var value = Integer.parseInt(scalar.getValue());
            if (value >= least && value <= most) return Optional.of(value);
        } catch (NumberFormatException e) {
            // too long, or not decimal: told below
        }
        throw wrong(key, says);
    }

    /// False where it does not stand.
    boolean flag(String key) throws UnusableModules {
        var entry = entries.get(key);
        if (entry == null) return false;
        if (entry.value() instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL))
            return scalar.getValue().equalsIgnoreCase("true");
        throw wrong(key, "is true or false");
    }

    List<String> texts(String key) throws UnusableModules {
        var entry = entries.get(key);
        if (entry == null) return List.of();
        if (!(entry.value() instanceof SequenceNode sequence)) throw wrong(key, "is a list");
        var texts = new ArrayList<String>();
        for (var one : sequence.getValue()) texts.add(text(key, one));
        return texts;
    }

    /// The mapping below a key; empty where it does not stand.
    YamlSection section(String key) throws UnusableModules {
        var entry = entries.get(key);
        return entry == null ? new YamlSection(file, Optional.empty()) : of(file, entry.value());
    }
}
