// SPDX-License-Identifier: Apache-2.0
package referee.reference;

/// Something that can be looked up: a response code, a fault, an option tag ...
///
/// @param kind such as `code`, `fault` or `option tag`
/// @param name what it is asked for by, such as `401` or `refer-no-notify`
/// @param title such as `401 Unauthorized`
/// @param summary one sentence
/// @param text its page in Markdown
public record Topic(String kind, String name, String title, String summary, String text) {
    public static Topic of(Code code) {
        var page = code.page();
        return new Topic(
                "code", String.valueOf(code.number()), code.title(), page.summary(), page.text());
    }

    public static Topic of(Term term) {
        return new Topic(term.kind(), term.name(), term.title(), term.summary(), term.markdown());
    }
}
