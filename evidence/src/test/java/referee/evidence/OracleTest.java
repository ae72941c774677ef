// SPDX-License-Identifier: Apache-2.0
package referee.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import referee.sip.HeaderName;
import referee.sip.Slice;

/// Every capture of the corpus, message by message, against what another reader saw in it.
class OracleTest {
    /// What is compared of a message.
    private record Row(
            long frame,
            Instant at,
            String from,
            String to,
            String start,
            String cseq,
            String callId) {}

    @Test
    void seesInEveryCaptureOfTheCorpusWhatTheOracleSaw() throws IOException {
        var corpus = Corpus.folder();
        var differences = new TreeMap<String, List<String>>();
        var messages = 0;
        for (var capture : Corpus.captures()) {
            var name = corpus.resolve("captures").relativize(capture).toString();
            var ours = read(capture);
            messages += ours.size();
            var theirs = oracle(corpus.resolve("oracle/" + name + ".tsv"));
            for (var difference : compare(ours, theirs)) {
                differences.computeIfAbsent(name, _ -> new ArrayList<>()).add(difference);
            }
        }
        assertThat(messages).isGreaterThan(6000);
        assertThat(differences).isEqualTo(known());
    }

    private static List<String> compare(List<Row> ours, List<Row> theirs) {
        var differences = new ArrayList<String>();
        var missing = new ArrayList<>(theirs);
        for (var row : ours) {
            if (!missing.remove(row)) differences.add("only here: " + brief(row));
        }
        for (var row : missing) differences.add("only there: " + brief(row));
        return differences;
    }

    /// Without addresses or names, so that the table of differences quotes none of the corpus.
    private static String brief(Row row) {
        return "frame " + row.frame() + " " + row.start();
    }

    private static List<Row> read(Path capture) throws IOException {
        var rows = new ArrayList<Row>();
        Evidence.read(
                capture,
                new Witness() {
                    @Override
                    public void saw(Sighting sighting) {
                        rows.add(row(sighting));
                    }

                    @Override
                    public void missed(Gap gap) {
                        if (gap.kind() == Gap.Kind.LIMIT) throw new AssertionError(gap);
                    }

                    @Override
                    public void unreachable(Unreachable error) {}
                });
        return rows;
    }

    private static Row row(Sighting sighting) {
        var message = sighting.message();
        return new Row(
                sighting.number(),
                sighting.at(),
                sighting.from().toString(),
                sighting.to().toString(),
                message.isRequest() ? message.method() : Integer.toString(message.code()),
                message.raw(HeaderName.CSEQ).map(Slice::text).orElse(""),
                message.raw(HeaderName.CALL_ID).map(Slice::text).orElse(""));
    }

    private static List<Row> oracle(Path table) throws IOException {
        var rows = new ArrayList<Row>();
        if (!Files.exists(table)) return rows;
        var lines = Files.readAllLines(table, UTF_8);
        var names = List.of(lines.getFirst().split("\t", -1));
        for (var line : lines.subList(1, lines.size())) {
            var values = line.split("\t", -1);
            var cell = new TreeMap<String, String>();
            for (var i = 0; i < values.length; i++) cell.put(names.get(i), values[i]);
            rows.add(
                    new Row(
                            Long.parseLong(cell.get("frame.number")),
                            time(cell.get("frame.time_epoch")),
                            endpoint(cell, "src"),
                            endpoint(cell, "dst"),
                            start(cell),
                            cell.get("sip.CSeq"),
                            cell.get("sip.Call-ID")));
        }
        return rows;
    }

    private static Instant time(String epoch) {
        var dot = epoch.indexOf('.');
        return Instant.ofEpochSecond(
                Long.parseLong(epoch.substring(0, dot)), Long.parseLong(epoch.substring(dot + 1)));
    }

    private static String endpoint(Map<String, String> cell, String side) {
        var host = last(cell.get("ip." + side));
        if (host.isEmpty()) host = last(cell.get("ipv6." + side));
        var port = cell.get("udp." + side + "port") + cell.get("tcp." + side + "port");
        return new Endpoint(host, Integer.parseInt(port)).toString();
    }

    /// The innermost of nested headers.
    private static String last(String joined) {
        return joined.substring(joined.lastIndexOf('|') + 1);
    }

    private static String start(Map<String, String> cell) {
        var request = cell.get("sip.Request-Line");
        if (!request.isEmpty()) return request.substring(0, request.indexOf(' '));
        return cell.get("sip.Status-Line").split(" ", -1)[1];
    }

    private static Map<String, List<String>> known() throws IOException {
        var known = new TreeMap<String, List<String>>();
        try (var in = OracleTest.class.getResourceAsStream("oracle-differences.tsv")) {
            for (var line : text(in).lines().skip(1).toList()) {
                var cells = line.split("\t", -1);
                known.computeIfAbsent(cells[0], _ -> new ArrayList<>()).add(cells[1]);
            }
        }
        return known;
    }

    private static String text(InputStream in) throws IOException {
        return new String(in.readAllBytes(), UTF_8);
    }
}
