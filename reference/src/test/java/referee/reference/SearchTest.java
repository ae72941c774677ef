// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchTest {
    private static final Search SEARCH =
            new Search(
                    Stream.concat(
                                    Codes.all().stream().map(Topic::of),
                                    Terms.all().stream().map(Topic::of))
                            .toList());

    @ParameterizedTest
    @CsvSource({
        "busy everywhere, 600",
        "unauthorized, 401",
        "decline, 603",
        "proxy authentication, 407",
        "norefersub, norefersub",
        "too many hops, 483",
        "early dialog terminated, 199",
    })
    void findsTheBestFirst(String words, String name) {
        assertThat(SEARCH.find(words)).first().extracting(Topic::name).isEqualTo(name);
    }

    @Test
    void findsByTheBeginningOfAWord() {
        assertThat(SEARCH.find("unauthor")).first().extracting(Topic::name).isEqualTo("401");
    }

    @Test
    void topicsWithAllWordsComeBeforeThoseWithSome() {
        var found =
                new Search(
                                List.of(
                                        topic("one", "alpha alpha"),
                                        topic("two", "alpha beta"),
                                        topic("three", "gamma")))
                        .find("beta alpha");

        assertThat(found).extracting(Topic::name).containsExactly("two", "one");
    }

    @Test
    void findsNothingForNothing() {
        assertThat(SEARCH.find("")).isEmpty();
        assertThat(SEARCH.find("  ,; ")).isEmpty();
        assertThat(SEARCH.find("xyzzyplugh")).isEmpty();
    }

    private static Topic topic(String name, String text) {
        return new Topic("test", name, name, "", text);
    }
}
