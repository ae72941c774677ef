// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    /// Where the pages of faults and codes are found, seen from here.
    interface Targets {
        /// Empty if this fault has no page within reach.
        Optional<String> fault(String id);

        Optional<String> code(int number);

        /// The pages of the site.
        ///
        /// @param root where the site begins, seen from this page: `` or `../`
        static Targets ofSite(String root) {
            return new Targets() {
                @Override
                public Optional<String> fault(String id) {
                    return Pages.of(id).map(_ -> root + "faults/" + id + ".html");
                }

                @Override
                public Optional<String> code(int number) {
                    return Codes.of(number).map(_ -> root + "codes/" + number + ".html");
                }
            };
        }
    }

    private final HtmlRenderer renderer;

    /// @param prefix of every id, so that several pages can stand in one document
    PageHtml(Targets targets, String prefix) {
        renderer =
                HtmlRenderer.builder()
                        .escapeHtml(true)
                        .sanitizeUrls(true)
                        .attributeProviderFactory(_ -> new Anchors(prefix))
                        .nodeRendererFactory(context -> new Blocks(context, targets, prefix))
                        .nodeRendererFactory(context -> new Links(context, targets))
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

    private record Anchors(String prefix) implements AttributeProvider {
        @Override
        public void setAttributes(Node node, String tag, Map<String, String> attributes) {
            if (node instanceof Heading heading
                    && heading.getLevel() > 1
                    && heading.getFirstChild() instanceof Text text)
                attributes.put("id", prefix + anchor(text.getLiteral()));
        }
    }

    /// Draws traces and sets findings below them.
    private static final class Blocks implements NodeRenderer {
        private final HtmlWriter html;
        private final Targets targets;
        private final String prefix;
        private int drawn;

        Blocks(HtmlNodeRendererContext context, Targets targets, String prefix) {
            this.html = context.getWriter();
            this.targets = targets;
            this.prefix = prefix;
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
                            Court.ladder(trace),
                            prefix + "l" + drawn,
                            "Ladder " + drawn + " of this page"));
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
                    "<li><strong class=\"severity %s\">%s</strong> %s %s %s</li>\n"
                            .formatted(
                                    Html.text(words[0]),
                                    Html.text(words[0]),
                                    Html.text(words[1]),
                                    fault(words[2]),
                                    Html.text(words[3])));
        }

        private String fault(String id) {
            var name = Html.text(id);
            return targets.fault(id)
                    .map(to -> "<a href=\"%s\">%s</a>".formatted(Html.text(to), name))
                    .orElse(name);
        }
    }

    /// Names of codes in bold and ids of faults in code are links.
    private static final class Links implements NodeRenderer {
        private final HtmlNodeRendererContext context;
        private final HtmlWriter html;
        private final Targets targets;

        Links(HtmlNodeRendererContext context, Targets targets) {
            this.context = context;
            this.html = context.getWriter();
            this.targets = targets;
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
            var fault = targets.fault(literal);
            fault.ifPresent(to -> html.tag("a", Map.of("href", to)));
            html.tag("code");
            html.text(literal);
            html.tag("/code");
            fault.ifPresent(_ -> html.tag("/a"));
        }

        private void strong(Node node) {
            var words = node.getFirstChild() instanceof Text text ? text.getLiteral() : "";
            var code =
                    words.matches("[1-6][0-9]{2}( .*)?")
                            ? targets.code(Integer.parseInt(words.substring(0, 3)))
                            : Optional.<String>empty();
            html.tag("strong");
            code.ifPresent(to -> html.tag("a", Map.of("href", to)));
            for (var child = node.getFirstChild(); child != null; child = child.getNext())
                context.render(child);
            code.ifPresent(_ -> html.tag("/a"));
            html.tag("/strong");
        }
    }
}
