// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.Node;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import referee.reference.Codes;
import referee.rules.Pages;

/// A Markdown page as HTML: traces are drawn as ladders, and the names of codes and faults lead to
/// their pages.
final class PageHtml {
    private static final Parser PARSER = Parser.builder().build();

    private final HtmlRenderer renderer;

    /// @param root where the site begins, seen from this page: `` or `../`
    PageHtml(String root) {
        renderer =
                HtmlRenderer.builder()
                        .escapeHtml(true)
                        .sanitizeUrls(true)
                        .attributeProviderFactory(_ -> new Anchors())
                        .nodeRendererFactory(context -> new Blocks(context))
                        .nodeRendererFactory(context -> new Links(context, root))
                        .build();
    }

    String of(String markdown) {
        return renderer.render(PARSER.parse(markdown));
    }

    /// What a heading is called in an address: `how-to-fix`.
    static String anchor(String heading) {
        return heading.toLowerCase(Locale.ROOT)
                .replaceAll("[^a-z0-9]+", "-")
                .replaceAll("^-|-$", "");
    }

    private static final class Anchors implements AttributeProvider {
        @Override
        public void setAttributes(Node node, String tag, Map<String, String> attributes) {
            if (node instanceof Heading heading
                    && heading.getLevel() > 1
                    && heading.getFirstChild() instanceof Text text)
                attributes.put("id", anchor(text.getLiteral()));
        }
    }

    /// Draws traces and sets findings below them.
    private static final class Blocks implements NodeRenderer {
        private final HtmlWriter html;
        private int drawn;

        Blocks(HtmlNodeRendererContext context) {
            html = context.getWriter();
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FencedCodeBlock.class);
        }

        @Override
        public void render(Node node) {
            var block = (FencedCodeBlock) node;
            html.line();
            switch (block.getInfo()) {
                case "trace" -> trace(block.getLiteral());
                case "findings" -> findings(block.getLiteral().lines().toList());
                case "readings" -> readings(block.getLiteral().lines().toList());
                default -> verbatim(block.getLiteral());
            }
            html.line();
        }

        private void trace(String trace) {
            drawn++;
            html.raw("<figure class=\"drawing\" tabindex=\"0\">\n");
            html.raw(
                    LadderSvg.inline(
                            Court.ladder(trace), "l" + drawn, "Ladder " + drawn + " of this page"));
            html.raw("</figure>\n<details><summary>As a trace</summary>");
            verbatim(trace);
            html.raw("</details>");
        }

        private void verbatim(String literal) {
            html.tag("pre");
            html.tag("code");
            html.text(literal);
            html.tag("/code");
            html.tag("/pre");
        }

        private void findings(List<String> lines) {
            if (lines.isEmpty()) {
                html.raw("<p class=\"verdict fine\">No finding: this is healthy.</p>");
                return;
            }
            html.raw("<ol class=\"verdict\">\n");
            for (var line : lines) finding(line);
            html.raw("</ol>");
        }

        private void readings(List<String> lines) {
            html.raw("<ul class=\"verdict\">\n");
            for (var line : lines) html.raw("<li>" + Html.text(line) + "</li>\n");
            html.raw("</ul>");
        }

        private void finding(String line) {
            var words = line.split(" ", 4);
            html.raw(
                    "<li><strong class=\"severity %s\">%s</strong> %s <a href=\"../faults/%s.html\">%s</a> %s</li>\n"
                            .formatted(
                                    Html.text(words[0]),
                                    Html.text(words[0]),
                                    Html.text(words[1]),
                                    Html.text(words[2]),
                                    Html.text(words[2]),
                                    Html.text(words[3])));
        }
    }

    /// Names of codes in bold and ids of faults in code are links.
    private static final class Links implements NodeRenderer {
        private final HtmlNodeRendererContext context;
        private final HtmlWriter html;
        private final String root;

        Links(HtmlNodeRendererContext context, String root) {
            this.context = context;
            this.html = context.getWriter();
            this.root = root;
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(StrongEmphasis.class, Code.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof Code code) code(code.getLiteral());
            else strong(node);
        }

        private void code(String literal) {
            var isFault = Pages.of(literal).isPresent();
            if (isFault) html.tag("a", Map.of("href", root + "faults/" + literal + ".html"));
            html.tag("code");
            html.text(literal);
            html.tag("/code");
            if (isFault) html.tag("/a");
        }

        private void strong(Node node) {
            var words = node.getFirstChild() instanceof Text text ? text.getLiteral() : "";
            var code =
                    words.matches("[1-6][0-9]{2}( .*)?")
                            ? Codes.of(Integer.parseInt(words.substring(0, 3)))
                            : java.util.Optional.<referee.reference.Code>empty();
            html.tag("strong");
            code.ifPresent(
                    one -> html.tag("a", Map.of("href", root + "codes/" + one.number() + ".html")));
            for (var child = node.getFirstChild(); child != null; child = child.getNext())
                context.render(child);
            code.ifPresent(_ -> html.tag("/a"));
            html.tag("/strong");
        }
    }
}
