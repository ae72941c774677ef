// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.util.List;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.BulletList;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.HardLineBreak;
import org.commonmark.node.Heading;
import org.commonmark.node.IndentedCodeBlock;
import org.commonmark.node.Link;
import org.commonmark.node.ListItem;
import org.commonmark.node.Node;
import org.commonmark.node.OrderedList;
import org.commonmark.node.Paragraph;
import org.commonmark.node.SoftLineBreak;
import org.commonmark.node.StrongEmphasis;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;

/// A Markdown page for a terminal: headings, wrapped paragraphs, lists, traces indented.
public final class PageText extends AbstractVisitor {
    private static final Parser PARSER = Parser.builder().build();

    private final Ink ink;
    private final StringBuilder page = new StringBuilder();
    private StringBuilder words = new StringBuilder();
    private int indent;
    private String bullet = "";

    private PageText(Ink ink) {
        this.ink = ink;
    }

    public static String of(String markdown, Ink ink) {
        var text = new PageText(ink);
        PARSER.parse(markdown).accept(text);
        return text.page.toString();
    }

    @Override
    public void visit(Heading heading) {
        var title = inline(heading);
        if (!page.isEmpty()) page.append('\n');
        page.append(ink.bold(title)).append('\n');
        indent = heading.getLevel() == 1 ? 0 : 2;
    }

    @Override
    public void visit(Paragraph paragraph) {
        var tight = paragraph.getParent() instanceof ListItem;
        if (!tight) page.append(afterHeading(paragraph) ? "" : "\n");
        var text = inline(paragraph);
        page.append(" ".repeat(indent)).append(bullet);
        page.append(Wrap.at(text, indent + bullet.length())).append('\n');
        bullet = "";
    }

    @Override
    public void visit(BulletList list) {
        if (isOuter(list) && !afterHeading(list)) page.append('\n');
        visitChildren(list);
    }

    @Override
    public void visit(OrderedList list) {
        if (isOuter(list) && !afterHeading(list)) page.append('\n');
        visitChildren(list);
    }

    @Override
    public void visit(ListItem item) {
        bullet = item.getParent() instanceof OrderedList ? number(item) + ". " : "- ";
        var width = bullet.length();
        var first = item.getFirstChild();
        if (first == null) return;
        first.accept(this);
        indent += width;
        for (var child = first.getNext(); child != null; child = child.getNext())
            child.accept(this);
        indent -= width;
    }

    @Override
    public void visit(FencedCodeBlock block) {
        switch (block.getInfo()) {
            case "findings" -> verdict(block.getLiteral(), "no finding");
            case "readings" -> verdict(block.getLiteral(), "");
            default -> verbatim(block.getLiteral());
        }
    }

    @Override
    public void visit(IndentedCodeBlock block) {
        verbatim(block.getLiteral());
    }

    @Override
    public void visit(Text text) {
        words.append(text.getLiteral());
    }

    @Override
    public void visit(Code code) {
        words.append(code.getLiteral());
    }

    @Override
    public void visit(StrongEmphasis strong) {
        visitChildren(strong);
    }

    @Override
    public void visit(Link link) {
        visitChildren(link);
    }

    @Override
    public void visit(SoftLineBreak lineBreak) {
        words.append(' ');
    }

    @Override
    public void visit(HardLineBreak lineBreak) {
        words.append(' ');
    }

    /// What the engine says of the trace above.
    private void verdict(String literal, String empty) {
        var lines = literal.isBlank() ? List.of(empty) : literal.lines().toList();
        page.append('\n');
        for (var line : lines) {
            page.append(" ".repeat(indent + 2)).append("= ");
            page.append(Wrap.at(line, indent + 4)).append('\n');
        }
    }

    private void verbatim(String literal) {
        page.append('\n');
        for (var line : literal.lines().toList())
            page.append((" ".repeat(indent + 2) + line).stripTrailing()).append('\n');
    }

    private String inline(Node node) {
        var outer = words;
        words = new StringBuilder();
        visitChildren(node);
        var text = words.toString();
        words = outer;
        return text;
    }

    private static boolean isOuter(Node list) {
        return !(list.getParent() instanceof ListItem);
    }

    private static boolean afterHeading(Node node) {
        return node.getPrevious() instanceof Heading heading && heading.getLevel() > 1;
    }

    private static int number(ListItem item) {
        var number = 1;
        for (var one = item.getPrevious(); one != null; one = one.getPrevious()) number++;
        return number;
    }
}
