// SPDX-License-Identifier: Apache-2.0
package referee.report;

import java.io.IOException;
import java.util.List;

/// Rows of a table (RFC 4180), made safe for spreadsheets: a cell from the wire that would be taken
/// for a formula begins with an apostrophe.
final class Csv {
    private Csv() {}

    static void row(Appendable out, List<String> cells) throws IOException {
        for (var i = 0; i < cells.size(); i++) {
            if (i > 0) out.append(',');
            out.append(cell(cells.get(i)));
        }
        out.append("\r\n");
    }

    private static String cell(String text) {
        var safe = isFormula(text) ? "'" + text : text;
        var plain = safe.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? safe : '"' + safe.replace("\"", "\"\"") + '"';
    }

    private static boolean isFormula(String text) {
        return !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0;
    }
}
