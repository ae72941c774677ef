// SPDX-License-Identifier: Apache-2.0
package referee.reference;

import java.util.LinkedHashMap;
import java.util.Map;

/// A word of the language of SIP that is no response code.
///
/// @param kind what it is, such as `option tag` or `cause`
/// @param name as on the wire
/// @param summary one sentence
/// @param source such as `RFC 3891`; empty if none is known
/// @param facts label to value, in order
public record Term(
        String kind, String name, String summary, String source, Map<String, String> facts) {

    static Term of(Table.Row row) {
        var facts = new LinkedHashMap<String, String>();
        for (var fact : row.get("facts").split(" \\| ", -1)) {
            var colon = fact.indexOf(": ");
            if (colon > 0) facts.put(fact.substring(0, colon), fact.substring(colon + 2));
        }
        return new Term(
                row.get("kind"), row.get("name"), row.get("summary"), row.get("source"), facts);
    }

    /// Such as `option tag replaces`.
    public String title() {
        return kind.equals("cause") ? "Q.850 cause " + name : kind + " " + name;
    }

    /// Its page.
    public String markdown() {
        var page = new StringBuilder("# ").append(Words.capital(title())).append("\n\n");
        page.append(summary).append('\n');
        if (!facts.isEmpty()) page.append('\n');
        facts.forEach((label, value) ->
                page.append("- ").append(label).append(": ").append(value).append('\n'));
        if (!source.isEmpty()) page.append("\n## Sources\n\n- ").append(source).append('\n');
        return page.toString();
    }
}
