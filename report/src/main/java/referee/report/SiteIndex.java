// SPDX-License-Identifier: Apache-2.0
package referee.report;

import io.avaje.jsonb.Jsonb;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;
import java.util.regex.Pattern;
import referee.reference.Codes;
import referee.reference.Topic;

/// What the search box of the site knows: a script, so that it works without a server.
final class SiteIndex {
    private static final Pattern BETWEEN = Pattern.compile("[^\\p{L}\\p{N}]+");

    private SiteIndex() {}

    /// Topics as arrays: address, kind, name, title, summary, further words of the page; and the
    /// numbers of the codes, any two of which have a page.
    static String of(List<Topic> topics) {
        var rows = new ArrayList<List<String>>();
        for (var topic : topics)
            rows.add(
                    List.of(
                            SitePages.address(topic),
                            topic.kind(),
                            topic.name(),
                            topic.title(),
                            topic.summary(),
                            words(topic)));
        var codes = Codes.all().stream().map(code -> code.number()).toList();
        var json = Jsonb.builder().build();
        // a script may not end early: "</" never stands in it
        return "window.REFEREE={topics:%s,codes:%s};\n"
                .formatted(json.toJson(rows).replace("</", "<\\/"), json.toJson(codes));
    }

    private static String words(Topic topic) {
        var words = new TreeSet<String>();
        for (var word : BETWEEN.split(topic.text().toLowerCase(Locale.ROOT), 0)) {
            if (!word.isEmpty()) words.add(word);
        }
        return String.join(" ", words);
    }
}
