// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// Finds topics by words, best first.
///
/// A word counts more in the name of a topic than in its title, its summary and its text, in this
/// order; a rare word counts more than a common one; the beginning of a word counts less than the
/// whole. Topics that hold all words come before those that hold some.
public final class Search {
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final int LEAST_PREFIX = 3;

    private record Indexed(
            Topic topic,
            Set<String> name,
            Set<String> title,
            Set<String> summary,
            Set<String> text) {
        static Indexed of(Topic topic) {
            return new Indexed(
                    topic,
                    words(topic.name()),
                    words(topic.title() + " " + topic.kind()),
                    words(topic.summary()),
                    words(topic.text()));
        }

        double score(String word) {
            return 12 * in(name, word)
                    + 6 * in(title, word)
                    + 3 * in(summary, word)
                    + in(text, word);
        }

        private static double in(Set<String> words, String word) {
            if (words.contains(word)) return 1;
            var prefix =
                    word.length() >= LEAST_PREFIX
                            && words.stream().anyMatch(one -> one.startsWith(word));
            return prefix ? 0.5 : 0;
        }
    }

    private record Hit(Topic topic, int words, double score) {}

    private final List<Indexed> topics;

    public Search(Collection<Topic> topics) {
        this.topics = topics.stream().map(Indexed::of).toList();
    }

    /// Those with at least half of the words, best first.
    public List<Topic> find(String query) {
        var words = new ArrayList<>(words(query));
        if (words.isEmpty()) return List.of();
        var weights = words.stream().map(this::weight).toList();
        var hits = new ArrayList<Hit>();
        for (var topic : topics) {
            var found = 0;
            var score = 0.0;
            for (var i = 0; i < words.size(); i++) {
                var one = topic.score(words.get(i));
                if (one > 0) found++;
                score += one * weights.get(i);
            }
            if (found * 2 >= words.size() && found > 0)
                hits.add(new Hit(topic.topic(), found, score));
        }
        hits.sort(
                Comparator.comparingInt(Hit::words)
                        .thenComparingDouble(Hit::score)
                        .reversed()
                        .thenComparing(hit -> hit.topic().name()));
        return hits.stream().map(Hit::topic).toList();
    }

    /// More for a word that few topics hold.
    private double weight(String word) {
        var holders = topics.stream().filter(topic -> topic.score(word) > 0).count();
        return Math.log(1 + (double) topics.size() / (1 + holders));
    }

    private static Set<String> words(String text) {
        var words = new HashSet<String>();
        for (var word : BETWEEN.split(text.toLowerCase(Locale.ROOT), 0)) {
            if (!word.isEmpty()) words.add(word);
        }
        return words;
    }
}
